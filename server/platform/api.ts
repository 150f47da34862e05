import { requireShared, runProgram, startApi } from './programs.ts';

// One of any number of processes that answer the API.
runProgram({
  name: 'api',
  check: (config) => {
    requireShared(config);
    if (!config.apiKey) throw new Error('MIKSHI_API_KEY: set the key that the gateway sends.');
  },
  start: [startApi],
  drainMs: 3_000,
});
