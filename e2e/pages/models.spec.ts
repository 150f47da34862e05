import { rm } from 'node:fs/promises';
import { createClient } from '../../src/api/client.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { type StandInHub, standInHub } from '../models/stand-in-hub.ts';
import { makeTinyClip } from '../models/tiny-clip.ts';
import { makeTinyWhisper } from '../models/tiny-whisper.ts';
import { type Studio, startStudio } from '../studio.ts';
import { seriousProblems } from './axe.ts';
import { hits, searchAndList } from './search-driver.ts';
import { expect, test } from './studio-test.ts';

const CLIP = 'Xenova/clip-vit-base-patch32';
const WHISPER = 'onnx-community/whisper-base';

let studio: Studio;
let hub: StandInHub;
let folders: string[];

test.beforeAll(async () => {
  folders = [await makeTinyClip({ suffix: '_quantized' }), await makeTinyWhisper({ suffix: '_quantized' })];
  const [clip = '', whisper = ''] = folders;
  hub = await standInHub({ [CLIP]: clip, [WHISPER]: whisper });
  studio = await startStudio({ env: { MODEL_HUB_URL: hub.url } });
  await processedClip(createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey }));
});
test.afterAll(async () => {
  await studio.stop();
  hub.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

test('a model is downloaded, compared on one’s own searches, switched to, and back', async ({ page }) => {
  await page.goto(`${studio.url}/settings`);
  await page.getByRole('link', { name: 'Manage models' }).click();
  await expect(page.getByRole('heading', { name: 'Models', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Search index' })).toContainText('Objects, colors and motion');

  const model = page.getByRole('listitem').filter({ hasText: 'CLIP ViT-B/32' });
  hub.faults.status = 429;
  await model.getByRole('button', { name: 'Download CLIP ViT-B/32' }).click();
  await expect(model.getByRole('alert')).toContainText('asked too often');
  expect(await seriousProblems(page)).toEqual([]);
  hub.faults.status = null;
  await model.getByRole('button', { name: 'Download CLIP ViT-B/32' }).click();
  await expect(model).toContainText('Ready');

  await model.getByRole('button', { name: 'Use CLIP ViT-B/32' }).click();
  const index = page.getByRole('region', { name: 'Search index' });
  await expect(index).toContainText('CLIP ViT-B/32 is ready. Compare its results, then switch.');
  // Searches go on with the present model until then.
  await expect(index).toContainText('Searches use Objects, colors and motion');

  const compare = page.getByRole('region', { name: 'Compare results' });
  await compare.getByLabel('Query to compare').fill('blue');
  await compare.getByRole('button', { name: 'Compare' }).click();
  const next = compare.getByRole('region', { name: 'CLIP ViT-B/32' });
  await expect(next.getByRole('link').first()).toHaveText('0:08');
  await next.getByRole('button', { name: 'Right' }).first().click();
  await expect(next).toContainText('1 of 1 marked result right');
  expect(await seriousProblems(page)).toEqual([]);
  await page.reload();
  // What was marked is a test for the next change, too.
  await expect(page.getByRole('button', { name: 'blue', pressed: true })).toBeVisible();

  await index.getByRole('button', { name: 'Switch to CLIP ViT-B/32' }).click();
  await expect(index).toContainText('Searches use CLIP ViT-B/32');
  await expect(model).toContainText('In use');
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await searchAndList(page, 'blue');
  await expect(hits(page).first()).toHaveAttribute('data-start', '8');

  await page.goto(`${studio.url}/settings/models`);
  await index.getByRole('button', { name: 'Go back to Objects, colors and motion' }).click();
  await expect(index).toContainText('Searches use Objects, colors and motion');
  await index.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(index.getByRole('button')).toHaveCount(0);
  await model.getByRole('button', { name: 'Remove CLIP ViT-B/32' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(model).toContainText('Not downloaded');
});

test('a speech model is downloaded, used, not used any more, and removed', async ({ page }) => {
  await page.goto(`${studio.url}/settings/models`);
  const speech = page.getByRole('region', { name: 'Recognize speech' });
  await expect(speech).toContainText('recognizes speech in new videos without subtitles');
  const model = speech.getByRole('listitem').filter({ hasText: 'Whisper base' });
  await model.getByRole('button', { name: 'Download Whisper base' }).click();
  await expect(model).toContainText('Ready');

  await model.getByRole('button', { name: 'Use Whisper base' }).click();
  await expect(model).toContainText('In use');
  await expect(model.getByRole('button', { name: 'Remove Whisper base' })).toHaveCount(0);
  expect(await seriousProblems(page)).toEqual([]);
  await page.reload();
  await expect(model).toContainText('In use');

  await model.getByRole('button', { name: 'Stop using Whisper base' }).click();
  await expect(model).toContainText('Ready');
  await model.getByRole('button', { name: 'Remove Whisper base' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(model).toContainText('Not downloaded');
});
