import { expect, quiet, test } from './studio-test.ts';

/** Files of the app that do not come: the connection broke, or the studio was updated while the page was open. */

test('a page whose code does not come says so in the frame, and a reload brings it', async ({ page }) => {
  quiet(page, /Failed to (load resource|fetch)|ERR_FAILED/);
  await page.goto('/library');
  await expect(page.getByRole('heading', { name: /^Library/ })).toBeVisible();
  await page.route('**/assets/collections-page-*.js', (route) => route.abort());
  const pages = page.getByRole('navigation', { name: 'Pages' }).first();
  await pages.getByRole('link', { name: 'Collections' }).click();
  await expect(page.getByRole('heading', { name: 'This page ran into a problem' })).toBeVisible();
  await expect(page.getByText(/Its code could not be loaded/)).toBeVisible();
  await pages.getByRole('link', { name: 'Upload' }).click();
  await expect(page.getByRole('heading', { name: 'Upload' })).toBeVisible();
  await page.unrouteAll();
  await page.goto('/collections');
  await expect(page.getByRole('heading', { name: /^Collections/ })).toBeVisible();
});

for (const part of ['global-overlays', 'header-tools', 'command-palette'] as const) {
  test(`the studio goes on without its ${part}, and offers to reload`, async ({ page }) => {
    quiet(page, /Failed to (load resource|fetch)|ERR_FAILED/);
    await page.route(`**/assets/${part}-*.js`, (route) => route.abort());
    await page.goto('/library');
    await expect(page.getByRole('alert')).toContainText('Part of the app failed to load.');
    await expect(page.getByRole('heading', { name: /^Library/ })).toBeVisible();
    await page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await page.unrouteAll();
    await page.getByRole('alert').getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}
