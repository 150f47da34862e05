import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '../../src/api/client.ts';
import { inParallel } from '../../src/api/concurrency.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { waitUntilUploaded } from '../../src/api/workflows/wait-until-ready.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { seedVideos } from '../seed.ts';
import { type Studio, startStudio } from '../studio.ts';
import { seriousProblems } from './axe.ts';
import { expect, test } from './studio-test.ts';

const REAL_VIDEOS = 40;
const SEEDED_VIDEOS = 5_000;

test.describe('forty real videos', () => {
  let studio: Studio;
  const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  const cells = (page: import('@playwright/test').Page) =>
    page.getByRole('grid', { name: 'Videos' }).getByRole('gridcell');

  test.beforeAll(async () => {
    test.setTimeout(600_000);
    studio = await startStudio();
    const clip = await timecodeClip(1);
    const names = Array.from({ length: REAL_VIDEOS }, (_, index) => `Clip ${String(index + 1).padStart(2, '0')}`);
    await inParallel(names, 4, async (name) => {
      const { video_id } = await uploadPath(client(), clip, { name });
      await waitUntilUploaded(client(), video_id, { intervalMs: 1_000 });
    });
  });
  test.afterAll(() => studio.stop());

  test('are looked through, filtered and ordered; the URL holds it all', async ({ page }) => {
    await page.goto(`${studio.url}/library`);
    await expect(page.getByRole('heading', { name: 'Library · 40 videos' })).toBeVisible();
    const first = cells(page).first();
    await expect
      .poll(() => first.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
    // Under the pointer the picture runs through the video.
    await first.hover();
    await expect(first.locator('img')).toHaveCount(2);
    await expect
      .poll(() =>
        first
          .locator('img')
          .nth(1)
          .evaluate((img: HTMLImageElement) => img.naturalWidth),
      )
      .toBeGreaterThan(1_000);
    expect(await seriousProblems(page)).toEqual([]);

    await page.getByLabel('Filter by name').fill('clip 1');
    await expect(page.getByRole('heading', { name: 'Library · 10 videos' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Sort by' }).click();
    await page.getByRole('option', { name: 'Name' }).click();
    await expect(cells(page).first()).toHaveAccessibleName('Clip 10');
    await page.getByText('Table').or(page.getByLabel('Table')).first().click();
    await expect(page).toHaveURL(/name=clip(\+|%20)1.*sort=name.*view=table/);
    await page.reload();
    await expect(page.getByRole('row', { name: 'Clip 10' })).toBeVisible();
    expect(await seriousProblems(page)).toEqual([]);

    await page.getByLabel('Filter by name').fill('no such name');
    await expect(page.getByRole('heading', { name: 'No matching videos' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Added until').fill('2020-01-01');
    await expect(page.getByRole('heading', { name: 'No matching videos' })).toBeVisible();
  });

  test('are sorted by the heads of the table, and all selected by its checkbox', async ({ page }) => {
    await page.goto(`${studio.url}/library?view=table`);
    const head = page.getByRole('columnheader', { name: 'Name' });
    await head.getByRole('button').click();
    await expect(head).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.getByRole('row', { name: /^Clip/ }).first()).toHaveAccessibleName('Clip 01');
    await head.getByRole('button').click();
    await expect(head).toHaveAttribute('aria-sort', 'descending');
    await expect(page.getByRole('row', { name: /^Clip/ }).first()).toHaveAccessibleName('Clip 40');
    await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click();
    await expect(page).toHaveURL(/sort=duration/);
    await expect(page.getByRole('row', { name: /^Clip/ }).first()).toBeVisible();
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await expect(page.getByRole('toolbar', { name: 'Selection' })).toContainText('40 videos');
    expect(await seriousProblems(page)).toEqual([]);
  });

  test('have a menu each, whose message covers no action and no field', async ({ page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${studio.url}/library?sort=name`);
    const cell = page.getByRole('gridcell', { name: 'Clip 05', exact: true });
    await cell.getByRole('button', { name: 'Actions for Clip 05' }).click();
    for (const name of ['Open', 'Add to collection', 'Copy link', 'Delete']) {
      await expect(page.getByRole('menuitem', { name, exact: true })).toBeVisible();
    }
    await page.getByRole('menuitem', { name: 'Copy link' }).click();
    const message = page.getByRole('alert').filter({ hasText: 'Link copied' });
    await expect(message).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/videos\/[0-9a-f-]{36}$/);
    const covered = await message.evaluate((element) => {
      const own = element.getBoundingClientRect();
      return [...document.querySelectorAll('main button, main input, main a, header input')].filter((other) => {
        const { left, right, top, bottom } = other.getBoundingClientRect();
        return left < own.right && right > own.left && top < own.bottom && bottom > own.top;
      }).length;
    });
    expect(covered).toBe(0);
    await cell.getByRole('button', { name: 'Actions for Clip 05' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(cell).toBeVisible();
  });

  test('are chosen as in a file manager, and deleted with a way back', async ({ page }) => {
    await page.goto(`${studio.url}/library?sort=name`);
    const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });
    const bar = page.getByRole('toolbar', { name: 'Selection' });
    // The checkbox that was ticked has the focus, and keys work all the same.
    await cell('Clip 02').getByRole('checkbox').click();
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await cell('Clip 02').getByRole('checkbox').click();
    // Also where the focus is elsewhere.
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await cell('Clip 02').getByRole('checkbox').click();
    await cell('Clip 04')
      .getByRole('link', { name: 'Clip 04' })
      .click({ modifiers: ['Shift'] });
    await expect(bar).toContainText('3 videos');
    await cell('Clip 06')
      .getByRole('link', { name: 'Clip 06' })
      .click({ modifiers: ['ControlOrMeta'] });
    await expect(bar).toContainText('4 videos');
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();

    // A box drawn from the space between the first two tiles over the second and third.
    const [second, third] = [await cell('Clip 02').boundingBox(), await cell('Clip 03').boundingBox()];
    if (!second || !third) throw new Error('The tiles are on the page.');
    await page.mouse.move(second.x - 8, second.y + 20);
    await page.mouse.down();
    await page.mouse.move(third.x + 30, third.y + 60, { steps: 4 });
    await expect(bar).toContainText('2 videos');
    await page.mouse.up();
    await expect(cell('Clip 02')).toHaveAttribute('aria-selected', 'true');
    await expect(cell('Clip 03')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');

    // The same by keyboard alone.
    await cell('Clip 01').focus();
    await page.keyboard.press('Space');
    await expect(bar).toContainText('1 video');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(bar).toContainText('2 videos');
    await expect(cell('Clip 02')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await expect(bar).toContainText('40 videos');
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await expect(cell('Clip 40')).toBeFocused();
    await page.keyboard.press('Space');

    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Delete 1 video' }).press('Enter');
    await expect(cell('Clip 40')).toBeHidden();
    const count = async () => (await client().videos.list({ limit: 500 })).length;
    await expect.poll(count).toBe(REAL_VIDEOS - 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('heading', { name: 'Library · 40 videos' })).toBeVisible();
    expect(await count()).toBe(REAL_VIDEOS);

    await page.keyboard.press('End');
    await cell('Clip 40').getByRole('checkbox').click();
    await bar.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete 1 video' }).click();
    await expect
      .poll(async () => (await client().videos.list({ limit: 500 })).length, { timeout: 30_000 })
      .toBe(REAL_VIDEOS - 1);
    await expect(page.getByRole('heading', { name: 'Library · 39 videos' })).toBeVisible();
  });

  test('tell their details, and are found by the palette', async ({ page }) => {
    await page.goto(`${studio.url}/library?sort=name`);
    await page.keyboard.press('ControlOrMeta+k');
    // Its code may still be on the way, right after the page came.
    await expect(page.getByRole('textbox', { name: 'Find anything' })).toBeFocused();
    await page.keyboard.type('clip 07');
    await expect(page.getByRole('button', { name: 'Clip 07', exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/videos\//);
    await page.goBack();

    await page.getByRole('gridcell', { name: 'Clip 03' }).hover();
    await page.getByRole('button', { name: 'Actions for Clip 03' }).click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
    const drawer = page.getByRole('dialog', { name: 'Clip 03' });
    await expect(drawer).toContainText('h264');
    await expect(drawer).toContainText('640');
    await expect(drawer.getByRole('button', { name: 'Copy Video id' })).toBeVisible();
    await page.goBack();
    await expect(drawer).toBeHidden();
  });
});

test.describe('thousands of videos', () => {
  let dataDir: string;
  let studio: Studio;
  test.beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-seeded-'));
    await seedVideos(dataDir, SEEDED_VIDEOS);
    studio = await startStudio({ dataDir });
  });
  // After the page is closed: it goes on fetching pictures until then.
  test.afterAll(async () => {
    await studio.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('five thousand videos: only what is in view is on the page, and nothing piles up', async ({ page }) => {
    test.setTimeout(300_000);
    await page.goto(`${studio.url}/library`);
    const cells = page.getByRole('grid', { name: 'Videos' }).getByRole('gridcell');
    await expect(page.getByRole('gridcell', { name: 'Seeded 05000' })).toBeVisible();

    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const measure = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return { nodes: of('Nodes'), heap: of('JSHeapUsedSize') };
    };
    const before = await measure();
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 20_000);
          return page.getByRole('gridcell', { name: 'Seeded 00001' }).count();
        },
        { timeout: 120_000, intervals: [100] },
      )
      .toBe(1);
    await expect(page.getByRole('heading', { name: 'Library · 5,000 videos' })).toBeVisible();
    expect(await cells.count()).toBeLessThan(80);
    // What has left the page goes when the browser gets to it, which one collection does not promise.
    await expect.poll(async () => (await measure()).nodes, { timeout: 60_000 }).toBeLessThan(before.nodes * 2);
    // Five thousand rows of data, and nothing else.
    expect((await measure()).heap - before.heap).toBeLessThan(40 * 1024 * 1024);
  });
});
