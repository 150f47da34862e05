import { defineConfig } from '@playwright/test';
import { browserToUse } from './e2e/browser.ts';

/** What is measured by the frame or by the ear. */
const TIMED = /\/(video|player|main-path|sources|field-cases|first-frames)\.spec\.ts$/;

export default defineConfig({
  testDir: 'e2e/pages',
  globalSetup: './e2e/global-setup.ts',
  // Each has a studio of its own; files run side by side, the tests of a file one after the other.
  workers: 2,
  projects: [
    { name: 'pages', testIgnore: TIMED },
    // A second browser on two cores would make frames late: these have the machine to themselves (scripts/test.js).
    { name: 'timed', testMatch: TIMED, workers: 1 },
  ],
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    // Some wait for a video to be processed; what never comes fails long before the whole test does.
    actionTimeout: 60_000,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    launchOptions: await browserToUse(),
    // What was done and what went over the network. Filming each frame and copying the page at each step would take a fifth
    // of the run; `--trace on` does it for the test that is being looked at.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
  },
});
