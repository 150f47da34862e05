import { defineConfig } from 'vitest/config';
import { LongestFirst } from './e2e/longest-first.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      // Making a database takes some seconds on a busy machine.
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'server/**/*.test.ts'], hookTimeout: 60_000 } },
      {
        test: {
          name: 'contract',
          include: ['e2e/contract/**/*.test.ts'],
          globalSetup: './e2e/database-template.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // Needs a real Postgres and a real S3 store: `npm run test:services`.
          name: 'services',
          include: ['e2e/services/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // Several processes of each kind on a real Postgres and a real S3 store: `npm run test:cluster`.
          name: 'cluster',
          include: ['e2e/cluster/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // The main journey in Firefox and WebKit: `npm run test:browsers`.
          name: 'browsers',
          include: ['e2e/browsers/**/*.test.ts'],
          fileParallelism: false,
          globalSetup: './e2e/database-template.ts',
          // Node 20 has the WebSocket that Firefox is driven through behind a flag.
          execArgv: ['--experimental-websocket'],
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
