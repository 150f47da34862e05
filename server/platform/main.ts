import { runProgram, startApi, startWorker } from './programs.ts';

// The whole platform in one process, as `npm start` runs it.
runProgram({ name: 'platform', start: [startApi, startWorker] });
