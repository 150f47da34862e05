import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { createClient } from '../../src/api/client.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { startPostgres } from '../databases/postgres.ts';
import { makeTinyClip } from '../models/tiny-clip.ts';
import { startStudio } from '../studio.ts';
import { seriousProblems } from './axe.ts';
import { expect, plainHttpUrl, platform, quiet, test } from './studio-test.ts';

// As other machines in a local network see it.
test.use({ baseURL: plainHttpUrl() });

const SECONDS = 16;
const NAME = 'Embedded';

test.describe.configure({ mode: 'serial' });

let videoId: string;
let otherId: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  otherId = (await processedClip(platform())).video_id;
  videoId = await uploadAndWait(platform(), await timecodeClip(SECONDS), NAME);
  await processAndWait(platform(), videoId);
});

test('vectors are downloaded as JSONL, CSV and Parquet, each video paid for once', async ({ page }) => {
  const paid: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/embeddings/')) paid.push(request.url());
  });
  await page.goto(`/embeddings?in=${videoId},${otherId}`);
  const vectors = page.getByRole('region', { name: 'Vectors' });
  const download = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      vectors.getByRole('button', { name, exact: true }).click(),
    ]);
    return readFile(await file.path());
  };
  const lines = (await download('JSONL (2 credits)')).toString().trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line));
  expect(paid).toHaveLength(2);
  const truth = (await platform().embeddings.video(videoId)).data;
  expect(truth).toHaveLength(SECONDS / SCENE_SECONDS);
  const own = rows.filter((row) => row.video_id === videoId);
  expect(own.map(({ start, end, embedding }) => ({ start, end, embedding }))).toEqual(
    truth.map(({ start, end, embedding }) => ({ start, end, embedding })),
  );
  expect(new Set(own.map(({ video }) => video))).toEqual(new Set([NAME]));

  const [header = '', ...table] = (await download('CSV')).toString().trim().split('\r\n');
  expect(header.split(',')).toHaveLength(9 + (truth[0]?.embedding.length ?? 0));
  expect(table).toHaveLength(rows.length);
  const parquet = await download('Parquet');
  const read = await parquetReadObjects({
    file: parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.byteLength) as ArrayBuffer,
  });
  expect(read.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(Array.from(read[0]?.embedding as number[], (value) => value.toFixed(5))).toEqual(
    rows[0].embedding.map((value: number) => Math.fround(value).toFixed(5)),
  );
  // What came is kept: the other two were free.
  expect(paid).toHaveLength(2);
  expect(await seriousProblems(page)).toEqual([]);
});

test('a text becomes a vector, and the nearest segments play', async ({ page, probe }) => {
  await page.goto(`/embeddings?in=${videoId}`);
  await page.getByLabel('Text to embed').fill('green');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Text to vector' });
  await expect(panel.getByText('1,024 dimensions, length 1.000')).toBeVisible();
  await panel.getByRole('button', { name: 'Compare with 1 video (1 credit)' }).click();
  const rows = panel.getByRole('list', { name: 'Nearest segments' }).getByRole('listitem');
  await expect(rows).toHaveCount(SECONDS / SCENE_SECONDS);

  const text = (await platform().embeddings.text('green')).data[0]?.embedding ?? [];
  const cosines = (await platform().embeddings.video(videoId)).data
    .map(({ embedding }) => embedding.reduce((sum, value, at) => sum + value * (text[at] ?? 0), 0))
    .sort((a, b) => b - a);
  expect((await rows.getByTitle('Cosine').allTextContents()).map(Number)).toEqual(
    cosines.map((cosine) => Number(cosine.toFixed(3))),
  );
  await expect(rows.first().getByRole('button')).toHaveAttribute('data-start', String(SCENE_SECONDS));
  await rows.first().getByRole('button').click();
  await expect.poll(() => probe.isPlaying()).toBe(true);
  expect(await probe.currentTime()).toBeGreaterThanOrEqual(SCENE_SECONDS);
  await expect(rows.first().getByRole('button')).toHaveAttribute('aria-current', 'true');
});

test('a collection’s vectors are those of its videos', async ({ page }) => {
  const collection = await platform().collections.create('Embedded together');
  for (const id of [videoId, otherId]) await platform().collections.addVideo(collection.collection_id, id);
  await page.goto(`/embeddings?collection=${collection.collection_id}`);
  const vectors = page.getByRole('region', { name: 'Vectors' });
  await expect(vectors.getByRole('heading', { name: 'Vectors of 2 videos' })).toBeVisible();
  await expect(vectors.getByRole('cell', { name: NAME, exact: true })).toBeVisible();
});

test('a ready program for each database names the chosen videos', async ({ page }) => {
  await page.goto(`/embeddings?in=${videoId}`);
  await page.getByRole('tab', { name: 'Code' }).click();
  const panel = page.getByRole('region', { name: 'Code samples' });
  for (const name of ['Pinecone', 'Qdrant', 'Weaviate', 'Chroma', 'pgvector']) {
    await panel.getByRole('tab', { name }).click();
    const program = panel.getByRole('region', { name: `${name} program` });
    await expect(program).toContainText("from '@mikshi/studio-client'");
    await expect(program).toContainText(videoId);
  }
  await panel.getByRole('radiogroup', { name: 'Language' }).getByText('Python').click();
  await expect(panel.getByRole('region', { name: 'pgvector program' })).toContainText('register_vector(conn)');
  await expect(page).toHaveURL(/database=pgvector/);
  expect(await seriousProblems(page)).toEqual([]);
});

test('vectors are pushed into a database of one’s own, and what it finds plays here', async ({ page, probe }) => {
  quiet(page, /502|422/);
  const postgres = await startPostgres();
  try {
    await page.goto(`/embeddings?in=${videoId}&view=databases`);
    const panel = page.getByRole('region', { name: 'Your databases' });
    await panel.getByRole('button', { name: 'Connect a database' }).click();
    const form = page.getByRole('dialog', { name: 'Connect a database' });
    await form.getByLabel('Name').fill('Our Postgres');
    await form.getByLabel('Address').fill('postgres://postgres:a-wrong-place@127.0.0.1:9/postgres');
    expect(await seriousProblems(page)).toEqual([]);
    await form.getByRole('button', { name: 'Connect' }).click();
    const card = panel.getByRole('listitem', { name: 'Our Postgres' });
    await expect(card.getByRole('alert')).toHaveText(
      'pgvector at postgres://postgres@127.0.0.1:9/postgres cannot be reached. Is it running, and is the address right?',
    );

    await card.getByRole('button', { name: 'Actions for Our Postgres' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const change = page.getByRole('dialog', { name: 'Edit connection' });
    await change.getByLabel('Address').fill(postgres.url.replace(':postgres@', '@'));
    await change.getByRole('button', { name: 'Save' }).click();
    await expect(change.getByRole('alert')).toHaveText('The address has changed. Enter the key again.');
    await change.getByLabel('Password', { exact: true }).fill('postgres');
    await change.getByRole('button', { name: 'Save' }).click();
    await expect(card.getByText('Connected. The first push creates the index.')).toBeVisible();

    await card.getByRole('button', { name: 'Push 1 video (1 credit)' }).click();
    const count = SECONDS / SCENE_SECONDS;
    await expect(card.getByRole('status')).toHaveText(`Pushed: ${count} vectors of 1 video.`);
    await expect(card.getByText(`${count} vectors with 1024 dimensions, cosine`)).toBeVisible();
    expect(await postgres.count('video_segments')).toBe(count);

    const ask = page.getByRole('region', { name: 'Query a database' });
    await ask.getByLabel('Query text').fill('green');
    await page.keyboard.press('Enter');
    const rows = ask.getByRole('list', { name: 'Found segments' }).getByRole('listitem');
    await expect(rows).toHaveCount(count);
    await rows.first().getByRole('button').click();
    await expect.poll(() => probe.isPlaying()).toBe(true);
    expect(await probe.currentTime()).toBeGreaterThanOrEqual(SCENE_SECONDS);
    expect(await seriousProblems(page)).toEqual([]);

    await card.getByRole('button', { name: 'Actions for Our Postgres' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove the connection' }).click();
    await expect(panel.getByText('No database yet.')).toBeVisible();
  } finally {
    await postgres.stop();
  }
});

test('vectors of a model that is not searched with any more are stale, and are pushed again', async ({ page }) => {
  test.setTimeout(120_000);
  const postgres = await startPostgres();
  const studio = await startStudio();
  const tiny = await makeTinyClip({ suffix: '_quantized' });
  try {
    const model = path.join(studio.dataDir, 'models', 'Xenova/clip-vit-base-patch32');
    await cp(tiny, model, { recursive: true });
    const { video_id } = await processedClip(createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey }));

    await page.goto(`${studio.url}/embeddings?in=${video_id}&view=databases`);
    await page.getByRole('button', { name: 'Connect a database' }).click();
    const form = page.getByRole('dialog', { name: 'Connect a database' });
    await form.getByLabel('Name').fill('Our Postgres');
    await form.getByLabel('Address').fill(postgres.url);
    await form.getByRole('button', { name: 'Connect' }).click();
    const card = page.getByRole('listitem', { name: 'Our Postgres' });
    await card.getByRole('button', { name: 'Push 1 video (1 credit)' }).click();
    await expect(card.getByRole('status')).toContainText('Pushed:');
    await expect(card.getByRole('note')).toHaveCount(0);

    await page.goto(`${studio.url}/settings/models`);
    await page.getByRole('button', { name: 'Use CLIP ViT-B/32' }).click();
    await page.getByRole('button', { name: 'Switch to CLIP ViT-B/32' }).click();
    await expect(page.getByRole('region', { name: 'Search index' })).toContainText('Searches use CLIP ViT-B/32');

    await page.goto(`${studio.url}/embeddings?in=${video_id}&view=databases`);
    await expect(card.getByRole('note')).toHaveText(
      'Stale: 1 video made with Objects, colors and motion, searches use CLIP ViT-B/32 now.',
    );
    expect(await seriousProblems(page)).toEqual([]);
    await card.getByRole('button', { name: 'Push again (1 credit)' }).click();
    await expect(card.getByRole('note')).toHaveCount(0);
    await expect(card.getByRole('status')).toContainText('Pushed:');
  } finally {
    // The page listens to pushes for as long as it is open.
    await page.goto('about:blank');
    await studio.stop();
    await postgres.stop();
    await rm(tiny, { recursive: true, force: true });
  }
});
