import { defineConfig } from '@playwright/test';
import { browserToUse } from './e2e/browser.ts';

export default defineConfig({
  testDir: 'e2e/pages',
  globalSetup: './e2e/global-setup.ts',
  workers: 1,
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
