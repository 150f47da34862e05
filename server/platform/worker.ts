import { requireShared, runProgram, startProbes, startWorker } from './programs.ts';

// One of any number of processes that work on what waits.
runProgram({ name: 'worker', check: requireShared, start: [startWorker, startProbes] });
