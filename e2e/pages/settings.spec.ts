import { processedClip } from '../clips/processed-clip.ts';
import { startStudio } from '../studio.ts';
import { seriousProblems } from './axe.ts';
import { expect, platform, test } from './studio-test.ts';

test('settings say what is behind the studio and what was used, and change how it looks', async ({ page }) => {
  const video = await processedClip(platform());
  await page.goto('/library');
  await page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Settings' }).click();
  const own = page.getByRole('region', { name: 'Platform' });
  await expect(own).toContainText('Embedded, on this machine');
  await expect(own).toContainText(/Connected \(\d+ ms\)/);
  await expect(own).toContainText(/Video storage[\d.]+ [KMG]B/);

  const credits = page.getByRole('region', { name: 'Credits used' });
  const searched = async () => Number(/Search(\d+) this session/.exec((await credits.textContent()) ?? '')?.[1]);
  await expect(credits).toContainText(/Search\d+ this session/);
  const before = await searched();
  await platform().search.search('something', { videoIds: [video.video_id] });
  await page.getByRole('link', { name: 'Library' }).first().click();
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await expect.poll(searched).toBe(before + 1);
  expect(await seriousProblems(page)).toEqual([]);

  const button = page.getByRole('button', { name: 'Keyboard shortcuts' });
  const height = async () => (await button.boundingBox())?.height ?? 0;
  const comfortable = await height();
  await page.getByRole('radiogroup', { name: 'Density' }).getByText('Compact').click();
  await expect.poll(height).toBeLessThan(comfortable);
  await page.getByRole('radiogroup', { name: 'Colors' }).getByText('Light').click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  expect(await seriousProblems(page)).toEqual([]);
  await button.click();
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('settings have the configuration that connects an assistant, to be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/settings');
  const assistants = page.getByRole('region', { name: 'Assistants', exact: true });
  await expect(assistants).toContainText('scripts/mcp.js');
  await assistants.getByRole('button', { name: 'Copy' }).click();
  await expect(assistants.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied.mcpServers['mikshi-studio']).toMatchObject({ command: 'node' });
});

test('a first visit follows the color scheme of the system', async ({ page }) => {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('/library');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  }
});

test('a studio with a password lets in who has it, shows a first visitor the way, and lets out again', async ({
  browser,
}) => {
  const studio = await startStudio({ env: { STUDIO_PASSWORD: 'correct horse battery' } });
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.goto(`${studio.url}/collections`);
    await expect(page.getByRole('heading', { name: 'Mikshi Studio' })).toBeVisible();
    expect(await seriousProblems(page)).toEqual([]);
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByText('This is not the password.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'No collections yet' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'No collections yet' })).toBeVisible();

    // It is empty: each page with nothing to show offers a way to some videos.
    for (const path of ['search', 'map', 'embeddings', 'library']) {
      await page.goto(`${studio.url}/${path}`);
      await expect(page.getByRole('button', { name: 'Add sample videos' })).toBeVisible();
      expect(await seriousProblems(page), path).toEqual([]);
    }
    await page.getByRole('button', { name: 'Add sample videos' }).click();
    await expect(page.getByRole('list', { name: 'Uploads' }).getByRole('listitem')).toHaveCount(3, { timeout: 60_000 });
    expect(new URL(page.url()).pathname).toBe('/upload');

    await page.goto(`${studio.url}/settings`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  } finally {
    await context.close();
    await studio.stop();
  }
});
