import type { Page } from '@playwright/test';
import type { Client } from '../../src/api/client.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { MapDriver } from './map-driver.ts';
import { expect, platform } from './studio-test.ts';

/** Lengths of the clips, in seconds: four seconds a segment. */
const LENGTHS = [16, 24, 40] as const;

/** Ids of three clips that are searchable, made and processed the first time they are asked for. */
export async function mappedClips(client: Client): Promise<string[]> {
  const known = await client.videos.list({ status: 'processed', limit: 500 });
  const ids: string[] = [];
  for (const [index, seconds] of LENGTHS.entries()) {
    const title = `Mapped ${index + 1}`;
    const there = known.find(({ name }) => name === title)?.video_id;
    const id = there ?? (await uploadAndWait(client, await timecodeClip(seconds), title));
    if (!there) await processAndWait(client, id);
    ids.push(id);
  }
  return ids;
}

/** Opens the map of some videos, without outlines and paths over the points. */
export async function openMap(page: Page, ids: readonly string[], more = ''): Promise<MapDriver> {
  await page.addInitScript(() => {
    const state = { mapAxes: false, mapClusters: false, mapPath: false };
    localStorage.setItem('studio-preferences', JSON.stringify({ state, version: 0 }));
  });
  const data = await platform().search.visualize({ videoIds: ids });
  await page.goto(`/map?in=${ids.join(',')}${more}`);
  const driver = new MapDriver(page, data);
  await expect(driver.map).toHaveAccessibleName(`Map of ${data.points.length} segments`);
  await expect(driver.map).toHaveAttribute('data-indexed', String(data.points.length));
  return driver;
}
