import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seedSegments, seedVideos } from '../seed.ts';
import { type Studio, startStudio } from '../studio.ts';
import { seriousProblems } from './axe.ts';
import { expect, quiet, test } from './studio-test.ts';

/** Maps of more segments than are waited for. */

const VIDEOS = 60;
const PER_VIDEO = 100;

let dataDir: string;
let studio: Studio;
test.beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-seeded-map-'));
  await seedVideos(dataDir, VIDEOS);
  await seedSegments(dataDir, PER_VIDEO);
  studio = await startStudio({ dataDir });
});
// After the page is closed: it goes on fetching pictures until then.
test.afterAll(async () => {
  await studio.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('a first map says how far it is, appears when it is ready, and stays while it is laid out anew', async ({
  page,
}) => {
  test.setTimeout(240_000);
  // Segments that are seeded have no pictures.
  quiet(page, /status of 404/);
  await page.goto(`${studio.url}/map`);
  const progress = page.getByRole('progressbar', { name: 'Layout of the map' });
  await expect(progress).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '6,000 segments' })).toContainText(
    'The map appears in a moment; you can leave this page.',
  );
  expect(await seriousProblems(page)).toEqual([]);
  await expect
    .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { timeout: 60_000 })
    .toBeGreaterThan(0);

  // Another page and back: the computation goes on meanwhile.
  await page.getByRole('link', { name: 'Library', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Videos' })).toBeVisible();
  await page.getByRole('link', { name: 'Map', exact: true }).click();
  const map = page.getByTestId('map');
  await expect(page.getByText('The points move until it is ready.')).toBeVisible({ timeout: 60_000 });
  await expect(map).toHaveAccessibleName('Map of 6,000 segments');
  await expect(progress).toBeVisible();
  await expect(progress).toHaveCount(0, { timeout: 90_000 });
  await expect(map).toHaveAttribute('data-indexed', '6000');

  await page.getByRole('button', { name: 'Display options' }).click();
  await page.getByRole('menuitem', { name: 'Recompute layout' }).click();
  await expect(progress).toBeVisible();
  await expect(page.getByText('The new layout appears when it is ready.')).toBeVisible();
  await expect(map).toBeVisible();
  await expect(progress).toHaveCount(0, { timeout: 90_000 });
  await expect(map).toHaveAccessibleName('Map of 6,000 segments');
});
