import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('a worker that transcodes takes what follows from that, also where its list does not name it', () => {
  const readStages = (stages: string) => readConfig({ WORKER_STAGES: stages }).worker.stages;
  expect(readStages('thumbnails,transcode')).toEqual(['thumbnails', 'transcode', 'check', 'ladder']);
  expect(readStages('observe, search')).toEqual(['observe', 'search']);
  expect(readStages('check')).toEqual(['check']);
  expect(() => readStages('transcode,magic')).toThrow('WORKER_STAGES: there is no stage "magic".');
});
