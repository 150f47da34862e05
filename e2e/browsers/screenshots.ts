import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserDriver } from './browser-driver.ts';

/** Writes a picture of the page into the folder that `TEST_SCREENSHOTS` names, where it does. */
export async function saveScreenshot(browser: BrowserDriver, name: string): Promise<void> {
  const folder = process.env.TEST_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const file = `${name.replace(/\W+/g, '-')}.png`;
  await writeFile(path.join(folder, file), Buffer.from(await browser.screenshot(), 'base64'));
}
