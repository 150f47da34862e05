import { mkdir, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { browserToUse } from './e2e/browser.ts';
import { timecodeClip } from './e2e/clips/make-clip.ts';

const base = 'http://127.0.0.1:8090';
const b = await chromium.launch(await browserToUse());
const ctx = await b.newContext({ baseURL: base, viewport: { width: 1440, height: 900 } });
const page = await ctx.newPage();
page.on('console', (m) => {
  if (m.type() === 'error') console.log('CONSOLE', m.text());
});
page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
await page.goto('/upload');
await page.waitForLoadState('networkidle');
await page.screenshot({ path: '/tmp/p-empty.png' });
await page.goto('/pipelines');
await page.waitForLoadState('networkidle');
await page.screenshot({ path: '/tmp/p-pempty.png' });
await page.goto('/upload');
await mkdir('/tmp/clips', { recursive: true });
await writeFile('/tmp/clips/notes.txt', 'hello');
await writeFile('/tmp/clips/empty.mp4', '');
await writeFile('/tmp/clips/renamed.mp4', 'This is text'.repeat(1000));
const f = '/work/shared/footage/';
await page
  .getByLabel('Videos to upload')
  .setInputFiles([
    f + 'car-detection.mp4',
    f + 'classroom.mp4',
    f + 'vtest.avi',
    f + 'bottle-detection.mp4',
    f + 'store-aisle-detection.mp4',
    f + 'people-detection.mp4',
    await timecodeClip(16),
    '/tmp/clips/notes.txt',
    '/tmp/clips/empty.mp4',
    '/tmp/clips/renamed.mp4',
  ]);
await page.getByRole('button', { name: /^Upload \d/ }).waitFor();
await page.screenshot({ path: '/tmp/p-staged.png', fullPage: true });
await page.getByRole('combobox', { name: 'Add to a collection' }).fill('Benchmarks');
await page.route('**/objects/parts/**', async (r) => {
  await new Promise((x) => setTimeout(x, 2500));
  await r.continue();
});
await page.getByRole('button', { name: /^Upload \d/ }).click();
await page.waitForTimeout(2200);
await page.screenshot({ path: '/tmp/p-busy.png', fullPage: true });
await page.waitForTimeout(9000);
await page.screenshot({ path: '/tmp/p-busy2.png', fullPage: true });
await page.goto('/pipelines');
await page.waitForTimeout(2500);
await page.screenshot({ path: '/tmp/p-pbusy.png' });
await page.setViewportSize({ width: 390, height: 844 });
await page.screenshot({ path: '/tmp/p-pbusy-narrow.png' });
await page.goto('/upload');
await page.waitForTimeout(1500);
await page.screenshot({ path: '/tmp/p-upload-narrow.png' });
await b.close();
