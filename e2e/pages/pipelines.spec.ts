import { writeFile } from 'node:fs/promises';
import { uploadPath } from '../../src/api/node/files.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { uploadAndWait } from '../clips/processed-clip.ts';
import { expect, platform, test } from './studio-test.ts';

test('shows where each video stands, why one failed, and processes what is missing', async ({ page }, info) => {
  const client = platform();
  const broken = info.outputPath('broken.mp4');
  await writeFile(broken, 'This is a text file that somebody renamed.\n'.repeat(400));
  const { video_id: brokenId } = await uploadPath(client, broken, { name: 'Broken on purpose' });
  const clip = await timecodeClip(4);
  for (const name of ['Waiting one', 'Waiting two']) await uploadAndWait(client, clip, name);
  await expect
    .poll(async () => (await client.uploads.getStatus(brokenId)).transcoding_status?.status, { timeout: 60_000 })
    .toBe('failed');

  await page.goto('/pipelines');
  const list = page.getByRole('list', { name: 'Videos and their pipelines' });
  const row = (name: string) => list.getByRole('listitem', { name, exact: true });
  await expect(row('Broken on purpose')).toContainText('This file is not a video that can be read.');
  await expect(row('Waiting one').getByRole('progressbar', { name: 'HLS: done' })).toBeVisible();
  await expect(row('Waiting one').getByRole('progressbar', { name: 'Analyze: waiting' })).toBeVisible();

  await page.getByRole('button', { name: /Failed/ }).click();
  await expect(page).toHaveURL(/show=failed/);
  await expect(row('Broken on purpose')).toBeVisible();
  await expect(row('Waiting one')).toBeHidden();
  await page.reload();
  await expect(row('Waiting one')).toBeHidden();
  await page.getByRole('button', { name: /All/ }).click();

  await page.getByRole('button', { name: /^Process all unprocessed videos/ }).click();
  await expect(page.getByText(/^Waiting (one|two) is ready$|videos finished/).first()).toBeVisible({
    timeout: 120_000,
  });
  for (const name of ['Waiting one', 'Waiting two']) {
    await expect(row(name).getByRole('progressbar', { name: 'Search: done' })).toBeVisible({ timeout: 120_000 });
  }
  await expect(page.getByRole('button', { name: /^Process all unprocessed videos/ })).toBeHidden();

  await row('Waiting one')
    .getByRole('button', { name: /^Pipelines of/ })
    .click();
  await page.getByRole('menuitem', { name: 'Analyze again' }).click();
  await expect(row('Waiting one').getByRole('progressbar', { name: 'Analyze: done' })).toBeHidden();
  await expect(row('Waiting one').getByRole('progressbar', { name: 'Analyze: done' })).toBeVisible({ timeout: 60_000 });
});
