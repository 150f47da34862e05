import { defineConfig } from '@playwright/test';
import { browserToUse } from './e2e/browser.ts';

export default defineConfig({
  testDir: 'e2e/pages',
  globalSetup: './e2e/global-setup.ts',
  // Each has a studio of its own; files run side by side, the tests of a file one after the other.
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: await browserToUse(),
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
