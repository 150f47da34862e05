import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { paddedClip } from '../clips/padded-clip.ts';
import { type Studio, startStudio } from '../studio.ts';
import { dataDir, expect, quiet, test } from './studio-test.ts';
import { Gate, notePartsSent, partsAt, UploadDriver } from './upload-driver.ts';

/** Ten parts: too large for the browser to keep, so the file has to be picked again after a reload. */
const LARGE_MIB = 100;
/** Small enough that the browser keeps the bytes themselves. */
const SMALL_MIB = 50;
/** Bodies of ten MiB are slow in a browser whose every request is recorded. */
const ARRIVING = { timeout: 90_000 };

test('a tab reloaded at 60 % goes on with the parts that were missing, once the file is picked again', async ({
  page,
}) => {
  const upload = new UploadDriver(page);
  const file = await paddedClip(LARGE_MIB);
  const gate = await Gate.behind(page, 6);
  const [uploadId] = await Promise.all([upload.nextUploadId(), upload.pickAndStart(file)]);
  await expect.poll(() => partsAt(dataDir(), uploadId), ARRIVING).toEqual([1, 2, 3, 4, 5, 6]);
  await expect(upload.row(file)).toContainText('60.0 MB of 100 MB');

  // Leaving asks first; this person leaves all the same.
  const asked = page.waitForEvent('dialog');
  const reloaded = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await reloaded;
  await gate.open();

  const row = upload.row(file);
  await expect(row).toContainText('60 % has arrived');
  // Another file under the same name is noticed.
  const sentAgain = notePartsSent(page);
  const again = row.locator('input[type=file]');
  await again.setInputFiles(await paddedClip(SMALL_MIB));
  await expect(row.getByRole('alert')).toContainText('This is another file than the one whose upload was started.');
  expect(sentAgain).toEqual([]);

  await again.setInputFiles(file);
  await upload.expectUploaded(file);
  expect(sentAgain.sort((a, b) => a - b)).toEqual([7, 8, 9, 10]);
});

test('a smaller file goes on by itself after a reload', async ({ page }) => {
  const upload = new UploadDriver(page);
  const file = await paddedClip(SMALL_MIB);
  const gate = await Gate.behind(page, 3);
  const [uploadId] = await Promise.all([upload.nextUploadId(), upload.pickAndStart(file)]);
  await expect.poll(() => partsAt(dataDir(), uploadId), ARRIVING).toEqual([1, 2, 3]);
  page.once('dialog', (dialog) => void dialog.accept());
  const sentAgain = notePartsSent(page);
  await page.reload();
  await gate.open();
  await upload.expectUploaded(file);
  expect(sentAgain.sort((a, b) => a - b)).toEqual([4, 5]);
});

test('a second tab shows the queue, and takes it over when the first is closed', async ({ page, context }) => {
  const upload = new UploadDriver(page);
  const file = await paddedClip(SMALL_MIB + 1);
  const gate = await Gate.behind(page, 0);
  await upload.pickAndStart(file);
  // Four of its six parts may be sent at once, and the others have asked for their URLs already.
  await expect.poll(() => gate.held).toBe(6);

  const second = await context.newPage();
  await second.goto('/upload');
  await expect(second.getByText('Another tab is uploading.')).toBeVisible();
  const there = new UploadDriver(second);
  await there
    .row(file)
    .getByRole('button', { name: /^Pause/ })
    .click();
  await expect(upload.row(file)).toContainText('Paused');
  await there
    .row(file)
    .getByRole('button', { name: /^Resume/ })
    .click();
  await page.close();
  await expect(second.getByText('Another tab is uploading.')).toBeHidden();
  await there.expectUploaded(file);
});

test.describe('with a studio of its own', () => {
  let folder: string;
  let studio: Studio | undefined;

  async function freePort(): Promise<string> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    return typeof address === 'object' && address ? String(address.port) : '0';
  }

  test.beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mikshi-resume-'));
  });
  test.afterAll(async () => {
    await studio?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('the platform is killed and started again in the middle of an upload', async ({ page }) => {
    quiet(page, /ERR_|50\d|Failed to load/);
    const env = { PORT: await freePort(), PLATFORM_PORT: await freePort() };
    studio = await startStudio({ dataDir: folder, env });
    const upload = new UploadDriver(page);
    const file = await paddedClip(SMALL_MIB);
    const gate = await Gate.behind(page, 2);
    await page.goto(`${studio.url}/upload`);
    await upload.pick(file);
    const [uploadId] = await Promise.all([upload.nextUploadId(), upload.start()]);
    await expect.poll(() => partsAt(folder, uploadId), ARRIVING).toEqual([1, 2]);
    await expect.poll(() => gate.held).toBe(3);

    await studio.kill();
    await gate.open();
    await expect(upload.row(file).getByRole('status')).toContainText('The platform is not responding');
    const sentAgain = notePartsSent(page);
    studio = await startStudio({ dataDir: folder, env });
    await upload.expectUploaded(file);
    expect(sentAgain.sort((a, b) => a - b)).toEqual([3, 4, 5]);
  });
});
