import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { timecodeClip } from '../clips/make-clip.ts';
import { paddedClip } from '../clips/padded-clip.ts';
import { uploadAndWait } from '../clips/processed-clip.ts';
import { expect, platform, quiet, test } from './studio-test.ts';
import { Gate, notePartsSent, UploadDriver, urlOfPart } from './upload-driver.ts';

const SIZES = [22, 23, 24];

test('three files at once: one paused and resumed, one cancelled, one left alone', async ({ page }) => {
  const upload = new UploadDriver(page);
  const [first = '', second = '', third = ''] = await Promise.all(SIZES.map(paddedClip));
  const gate = await Gate.behind(page, 0);
  const aborted = page.waitForRequest('**/multipart/abort');
  await upload.pickAndStart([first, second, third]);
  // Each of the three has asked for the URLs of its three parts.
  await expect.poll(() => gate.held).toBe(9);
  await expect(page.getByRole('region', { name: 'All uploads' })).toContainText('Uploading 3 videos');

  await upload
    .row(first)
    .getByRole('button', { name: /^Pause/ })
    .click();
  await expect(upload.row(first)).toContainText('Paused');
  await upload
    .row(second)
    .getByRole('button', { name: /^Cancel/ })
    .click();
  await expect(upload.row(second)).toContainText('Cancelled; nothing was kept.');
  await aborted;

  await gate.open();
  await upload.expectUploaded(third);
  await expect(upload.row(first)).toContainText('Paused');
  await upload
    .row(first)
    .getByRole('button', { name: /^Resume/ })
    .click();
  await upload.expectUploaded(first);
  // A cancelled upload can be begun again.
  await upload
    .row(second)
    .getByRole('button', { name: /^Retry/ })
    .click();
  await upload.expectUploaded(second);
});

test('a copy of a file that is there already is recognized under another name', async ({ page }, { outputDir }) => {
  const original = await timecodeClip(3);
  await mkdir(outputDir, { recursive: true });
  const copy = path.join(outputDir, 'a copy.mp4');
  await copyFile(original, copy);
  await uploadAndWait(platform(), original, 'The original');
  const upload = new UploadDriver(page);
  await upload.pickAndStart([copy]);
  await expect(upload.row(copy)).toContainText('This is the same file as The original');
  await upload.row(copy).getByRole('link', { name: 'The original' }).click();
  await expect(page.getByRole('heading', { name: 'The original' })).toBeVisible();
});

test('a part that fails three times is sent again until it works', async ({ page }) => {
  quiet(page, /500/);
  const upload = new UploadDriver(page);
  const file = await paddedClip(25);
  let failures = 0;
  await page.route(urlOfPart(2), (route) => {
    if (failures === 3) return route.continue();
    failures += 1;
    return route.fulfill({ status: 500, body: 'broken' });
  });
  const sent = notePartsSent(page);
  await upload.pickAndStart(file);
  await upload.expectUploaded(file);
  expect(sent.sort()).toEqual([1, 2, 2, 2, 2, 3]);
});

test('an upload waits while the computer is offline, and goes on by itself', async ({ page, context }) => {
  quiet(page, /ERR_INTERNET_DISCONNECTED/);
  const upload = new UploadDriver(page);
  const file = await paddedClip(26);
  const gate = await Gate.behind(page, 0);
  await upload.pickAndStart(file);
  await expect.poll(() => gate.held).toBe(3);
  await context.setOffline(true);
  await expect(page.getByText('This computer is offline.')).toBeVisible();
  await gate.open();
  await page.clock.install();
  await page.clock.runFor(5_000);
  await expect(upload.row(file).getByRole('alert')).toHaveCount(0);
  await context.setOffline(false);
  await expect(page.getByText('This computer is offline.')).toBeHidden();
  await upload.expectUploaded(file);
});

test('a bucket that hides the ETag is no hindrance', async ({ page }) => {
  const upload = new UploadDriver(page);
  const file = await paddedClip(27);
  await page.route(urlOfPart(1), async (route) => {
    const response = await route.fetch();
    const { etag: _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  const listed = page.waitForRequest('**/multipart/list-parts');
  await upload.pickAndStart(file);
  await listed;
  await upload.expectUploaded(file);
});

test('a small file goes in one request, and in parts where the platform finds that too large', async ({ page }) => {
  quiet(page, /413/);
  const upload = new UploadDriver(page);
  const file = await timecodeClip(4);
  const refused = (path: string) => page.waitForRequest(path);
  await page.route('**/uploads/direct', (route) =>
    route.fulfill({ status: 413, json: { message: 'This file is over 100 MB: upload it in parts instead.' } }),
  );
  const [direct, initiate] = [refused('**/uploads/direct'), refused('**/multipart/initiate')];
  await upload.pickAndStart(file);
  await direct;
  await initiate;
  await upload.expectUploaded(file);
});

test('a pause that the platform asks for is counted down', async ({ page }) => {
  quiet(page, /429/);
  const upload = new UploadDriver(page);
  const file = await paddedClip(28);
  let asked = false;
  await page.route('**/multipart/part-url', (route) => {
    if (asked) return route.continue();
    asked = true;
    return route.fulfill({ status: 429, headers: { 'retry-after': '8' }, json: { message: 'Too many requests.' } });
  });
  await upload.pickAndStart(file);
  const status = upload.row(file).getByRole('status');
  await expect(status).toHaveText(/Rate limit reached\. Retrying in [1-8] s/);
  const left = async () => Number(/in (\d+) s/.exec((await status.textContent()) ?? '')?.[1] ?? Number.NaN);
  const first = await left();
  await expect.poll(left, { intervals: [200] }).toBeLessThan(first);
  await upload.expectUploaded(file);
});

test('each bad file says what is wrong with it, and the others are not touched', async ({ page }, info) => {
  const upload = new UploadDriver(page);
  const [text, empty, gone] = ['notes.txt', 'empty.mp4', 'gone.mp4'].map((name) => info.outputPath(name));
  if (!text || !empty || !gone) throw new Error('There are three files.');
  await writeFile(text, 'Not a film.');
  await writeFile(empty, '');
  await writeFile(gone, 'bytes');
  const good = await timecodeClip(8);
  await page.goto('/upload');
  await upload.pick([text, empty, gone, good]);
  await expect(upload.row(text).getByRole('alert')).toContainText('This is not a video file');
  await expect(upload.row(empty).getByRole('alert')).toHaveText('This file is empty: it has 0 bytes.');
  await rm(gone);
  await upload.start();
  await expect(upload.row(gone).getByRole('alert')).toContainText('The file cannot be read: it was moved');
  await upload.expectUploaded(good);
});

test('a small file that could not be processed is looked at again on request, without being selected again', async ({
  page,
}, info) => {
  const upload = new UploadDriver(page);
  const broken = info.outputPath('broken.mp4');
  await writeFile(broken, 'This is a text file that somebody renamed.\n'.repeat(400));
  await page.goto('/upload');
  await upload.pick([broken]);
  await upload.start();
  const failure = upload.row(broken).getByRole('alert');
  await expect(failure).toContainText('This file is not a video that can be read.');
  const asked = page.waitForResponse('**/get-video-details?*');
  await upload.row(broken).getByRole('button', { name: 'Retry broken.mp4' }).click();
  await asked;
  await expect(failure).toContainText('This file is not a video that can be read.');
});

test('a video with a name that does not say so is sent as the kind that a person chooses', async ({ page }, info) => {
  const upload = new UploadDriver(page);
  const file = info.outputPath('recording.bin');
  await copyFile(await timecodeClip(8), file);
  await page.goto('/upload');
  await upload.pick(file);
  await upload.row(file).getByRole('button', { name: 'Upload anyway' }).click();
  await page.getByRole('button', { name: 'Content type of recording.bin: Not stated' }).click();
  await page.getByRole('menuitem', { name: 'MP4' }).click();
  await expect(page.getByRole('button', { name: 'Content type of recording.bin: MP4' })).toBeVisible();
  await upload.start();
  await upload.expectUploaded(file);
});

test('a folder becomes a collection of the videos in it', async ({ page }, info) => {
  const folder = info.outputPath('Holiday in Kyoto');
  await mkdir(folder);
  await writeFile(`${folder}/notes.txt`, 'Not a film.');
  await copyFile(await timecodeClip(4), `${folder}/temple.mp4`);
  await page.goto('/upload');
  await page.getByLabel('Folder to upload').setInputFiles(folder);
  await expect(page.getByText('1 file in the folder skipped')).toBeVisible();
  const staged = page.getByRole('listitem', { name: 'temple.mp4' });
  await expect(staged).toContainText('Holiday in Kyoto');
  await staged.getByLabel('Name of temple.mp4').fill('The temple at dawn');
  const upload = new UploadDriver(page);
  await upload.start();
  await expect(upload.row('temple.mp4').getByRole('progressbar', { name: 'Search: done' })).toBeVisible({
    timeout: 90_000,
  });
  await expect
    .poll(async () => {
      const { data } = await platform().collections.list();
      const collection = data.find(({ name }) => name === 'Holiday in Kyoto');
      const videos = collection && (await platform().collections.listVideos(collection.collection_id)).data;
      return videos?.map(({ name }) => name);
    })
    .toEqual(['The temple at dawn']);
});

test('a first visitor has sample videos to search in', async ({ page }) => {
  await page.goto('/upload');
  await page.getByRole('button', { name: 'Add sample videos' }).click();
  const rows = page.getByRole('list', { name: 'Uploads' }).getByRole('listitem', { name: /^Sample / });
  await expect(rows).toHaveCount(3, { timeout: 60_000 });
  await expect(rows.getByRole('progressbar', { name: 'Search: done' })).toHaveCount(3, { timeout: 120_000 });
  const hits = await platform().search.search('something yellow on green', {
    videoIds: (await platform().videos.list({ limit: 500 }))
      .filter(({ name }) => name.startsWith('Sample '))
      .map(({ video_id }) => video_id),
    topK: 1,
  });
  // The yellow circle falls over green from the third second on.
  expect(hits[0]?.start).toMatch(/^00:00:03/);
});

test('a YouTube URL that cannot be imported says why', async ({ page }) => {
  quiet(page, /400/);
  await page.goto('/upload');
  const field = page.getByLabel('YouTube URL');
  await field.fill('https://example.com/watch?v=1');
  await field.press('Enter');
  await expect(page.getByText('This is not the address of a YouTube video.')).toBeVisible();
});

test('the name of a YouTube import goes along', async ({ page }) => {
  quiet(page, /400|501/);
  await page.goto('/upload');
  await page.getByLabel('YouTube URL').fill('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
  await page.getByLabel('Name of the video').fill('A name of its own');
  const sent = page.waitForRequest((request) => request.url().endsWith('/uploads/youtube'));
  await page.getByRole('button', { name: 'Import' }).click();
  expect((await sent).postDataJSON()).toMatchObject({ name: 'A name of its own' });
});

test('the part size of the settings decides how a file is split', async ({ page }) => {
  await page.goto('/settings');
  const section = page.getByRole('region', { name: 'Uploads' });
  await section.getByRole('radiogroup', { name: 'Part size' }).getByText('5', { exact: true }).click();
  await section.getByRole('radiogroup', { name: 'Parallel parts' }).getByText('2', { exact: true }).click();
  const parts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') parts.push(request.url());
  });
  const upload = new UploadDriver(page);
  const file = await paddedClip(12);
  await upload.pickAndStart(file);
  await upload.expectUploaded(file);
  expect(parts).toHaveLength(3);
});
