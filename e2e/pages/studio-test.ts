import { test as base, expect, type Page } from '@playwright/test';
import { createClient } from '../../src/api/client.ts';
import { PLAIN_HTTP_HOST } from '../browser.ts';
import type { Studio } from '../studio.ts';
import { PlayerProbe } from './player-probe.ts';

type SharedStudio = Pick<Studio, 'url' | 'platformUrl' | 'apiKey' | 'dataDir'>;

/** The studio of this worker: files that run at the same time do not see each other's videos. */
function getStudio(): SharedStudio {
  const value = process.env[`STUDIO_${process.env.TEST_PARALLEL_INDEX ?? 0}`];
  if (!value) throw new Error('The global setup starts a studio for each worker.');
  return JSON.parse(value);
}

/** The platform, spoken to directly: for what a test needs to know beside what it sees. */
export const platform = () => createClient({ baseUrl: getStudio().platformUrl, apiKey: getStudio().apiKey });

/**
 * The studio as other machines in a local network see it, over plain HTTP. Browsers leave out there what they have in secure
 * contexts only: `crypto.subtle`, `navigator.locks`, the clipboard, file handles.
 */
export function plainHttpUrl(): string {
  const url = new URL(getStudio().url);
  url.hostname = PLAIN_HTTP_HOST;
  return url.origin;
}

export const apiKey = () => getStudio().apiKey;
export const dataDir = () => getStudio().dataDir;
export const platformUrl = () => getStudio().platformUrl;

/** What a test provokes itself and so does not count as a problem, by page. */
const expected = new WeakMap<Page, RegExp>();

/** Says that messages like these are what the test is about. */
export const quiet = (page: Page, message: RegExp) => void expected.set(page, message);

/** A page of the running studio that fails the test when the browser reports an error. */
export const test = base.extend<{ probe: PlayerProbe }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  baseURL: async ({}, use) => use(getStudio().url),
  page: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.get(page)?.test(message.text())) problems.push(message.text());
    });
    await use(page);
    expect(problems, 'errors in the browser console').toEqual([]);
  },
  probe: async ({ page }, use) => use(new PlayerProbe(page)),
});

export { expect };
