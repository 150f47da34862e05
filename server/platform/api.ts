import { requireShared, runProgram, startApi } from './programs.ts';

// One of any number of processes that answer the API.
runProgram({ name: 'api', check: requireShared, start: [startApi], drainMs: 3_000 });
