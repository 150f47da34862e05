import type { Page } from '@playwright/test';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { expect, platform } from './studio-test.ts';

/** Seconds of the clip that is searched: gray, green, blue and light grounds, four seconds each. */
export const SEARCHED_SECONDS = 16;
export const SEARCHED_NAME = 'Searched through';

/** Id of a clip that is searchable beside another one of the same scenes, made the first time it is asked for. */
export async function searchedClip(): Promise<string> {
  await processedClip(platform());
  const known = (await platform().videos.list({ status: 'processed', limit: 500 })).find(
    ({ name }) => name === SEARCHED_NAME,
  );
  if (known) return known.video_id;
  const videoId = await uploadAndWait(platform(), await timecodeClip(SEARCHED_SECONDS), SEARCHED_NAME);
  await processAndWait(platform(), videoId);
  return videoId;
}

export const hits = (page: Page) => page.getByTestId('hits').locator('button[data-start]');

/** Types a query, and waits until the page is about it. */
export async function search(page: Page, text: string): Promise<void> {
  await page.getByLabel('Search for').fill(text);
  await page.keyboard.press('Enter');
  // Hits of the search before may still be there; the address is ahead of the page.
  await expect(page).toHaveTitle(new RegExp(`“${text}”`));
}

/** The same, until its hits are listed. */
export async function searchAndList(page: Page, text: string): Promise<void> {
  await search(page, text);
  await expect(page.getByTestId('hits')).toBeVisible();
}
