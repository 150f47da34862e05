import { createClient } from '../../src/api/client.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';
import { expect, quiet, test } from './studio-test.ts';

/** A studio of its own for each test: its programs are killed. */
const withStudio = test.extend<{ studio: Studio }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  studio: async ({}, use) => {
    const studio = await startStudio();
    await use(studio);
    await studio.stop();
  },
  baseURL: async ({ studio }, use) => use(studio.url),
});

const BROKEN = /502|503|Failed to (load resource|fetch)|ERR_(CONNECTION|EMPTY|FAILED)/;

withStudio('pages say that they reconnect to a killed platform, and go on by themselves', async ({ page, studio }) => {
  quiet(page, BROKEN);
  const { platformUrl: baseUrl, apiKey } = studio;
  await uploadAndWait(createClient({ baseUrl, apiKey }), await timecodeClip(4), 'Still here');
  await page.goto('/upload');
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible();

  process.kill(studio.pids()[0] ?? 0, 'SIGKILL');
  await page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Library' }).click();
  const banner = page.getByRole('status').filter({ hasText: 'Reconnecting to the platform…' });
  await expect(banner).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Still here' })).toBeVisible({ timeout: 60_000 });
  await expect(banner).toBeHidden();
  await expect(page.getByText('could not be loaded')).toHaveCount(0);
});

withStudio('pages go on by themselves after the gateway was killed', async ({ page, studio }) => {
  quiet(page, BROKEN);
  const { platformUrl: baseUrl, apiKey } = studio;
  const client = createClient({ baseUrl, apiKey });
  await uploadAndWait(client, await timecodeClip(4), 'Seen before');
  const link = (name: string) => page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name });
  await page.goto('/library');
  await expect(page.getByRole('gridcell', { name: 'Seen before' })).toBeVisible();
  await link('Upload').click();
  await uploadAndWait(client, await timecodeClip(4), 'Added meanwhile');
  // Lists that are some seconds old are fetched again.
  await page.waitForTimeout(6_000);

  process.kill(studio.pids()[1] ?? 0, 'SIGKILL');
  await link('Library').click();
  await expect(page.getByRole('gridcell', { name: 'Added meanwhile' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Reconnecting to the platform…')).toBeHidden();
});
