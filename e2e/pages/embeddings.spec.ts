import { readFile } from 'node:fs/promises';
import { parquetReadObjects } from 'hyparquet';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { seriousProblems } from './axe.ts';
import { expect, platform, test } from './studio-test.ts';

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
  expect(header.split(',')).toHaveLength(7 + (truth[0]?.embedding.length ?? 0));
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

test('a text becomes a vector, and the nearest moments play', async ({ page, probe }) => {
  await page.goto(`/embeddings?in=${videoId}`);
  await page.getByLabel('Text to embed').fill('green');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Text to vector' });
  await expect(panel.getByText('1,024 numbers, length 1.000')).toBeVisible();
  await panel.getByRole('button', { name: 'Compare with 1 video (1 credit)' }).click();
  const rows = panel.getByRole('list', { name: 'Nearest moments' }).getByRole('listitem');
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
  const panel = page.getByRole('region', { name: 'Into your database' });
  for (const name of ['Pinecone', 'Qdrant', 'Weaviate', 'Chroma', 'pgvector']) {
    await panel.getByRole('tab', { name }).click();
    const program = panel.getByRole('region', { name: `${name} program` });
    await expect(program).toContainText("from 'mikshi-studio/api'");
    await expect(program).toContainText(videoId);
  }
  await panel.getByRole('radiogroup', { name: 'Language' }).getByText('Python').click();
  await expect(panel.getByRole('region', { name: 'pgvector program' })).toContainText('register_vector(conn)');
  await expect(page).toHaveURL(/database=pgvector/);
  expect(await seriousProblems(page)).toEqual([]);
});
