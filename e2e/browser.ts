import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';
import chromium from '@sparticuz/chromium';

/** A name for this machine over plain HTTP that browsers do not trust as they trust `localhost`: an insecure context. */
export const PLAIN_HTTP_HOST = 'studio.test';

/** Flags for a headless Chromium that draws in software, plays without a gesture and asks nobody on the network. */
const FLAGS = [
  '--no-sandbox',
  `--host-resolver-rules=MAP ${PLAIN_HTTP_HOST} 127.0.0.1`,
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * The browser to test with: Chromium from its npm package on Linux x64, the one that `STUDIO_CHROMIUM` names, or else
 * Playwright's own.
 */
export async function browserToUse(): Promise<LaunchOptions> {
  const named = process.env.STUDIO_CHROMIUM;
  if (named && existsSync(named)) return { executablePath: named, args: FLAGS };
  if (process.platform === 'linux' && process.arch === 'x64') {
    return { executablePath: await chromium.executablePath(), args: FLAGS };
  }
  return { args: FLAGS };
}
