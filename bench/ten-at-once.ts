import { performance } from 'node:perf_hooks';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { makeFormat } from '../e2e/clips/make-format.ts';
import { processAndWait, uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { record } from './record.ts';

/**
 * Ten videos, each to be encoded and analyzed: one after the other, then all at once in another studio. What counts is how long
 * all of them take, when each can be played, and when each can be searched.
 */
const COUNT = 10;
const SECONDS = 20;

const clip = await makeFormat({
  file: 'ten.mp4',
  codec: FF_ENCODER_LIBX264,
  pixels: 'scale=1280:720,noise=alls=6:allf=t,format=yuv420p',
  frames: SECONDS * 25,
  options: { preset: 'veryfast', crf: '23', 'x264-params': 'keyint=250:min-keyint=250:scenecut=0' },
});

interface Times {
  /** Seconds from the start of all. */
  readonly playable: number;
  readonly searchable: number;
}

async function run(atOnce: boolean): Promise<Times[]> {
  const studio = await startStudio();
  const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  const started = performance.now();
  const now = () => (performance.now() - started) / 1000;
  const addOne = async (number: number): Promise<Times> => {
    const videoId = await uploadAndWait(client, clip, `Video ${number}`);
    const playable = now();
    await processAndWait(client, videoId);
    return { playable, searchable: now() };
  };
  const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);
  const times: Times[] = [];
  if (atOnce) times.push(...(await Promise.all(numbers.map(addOne))));
  else for (const number of numbers) times.push(await addOne(number));
  await studio.stop();
  return times;
}

const getLast = (times: readonly number[]) => Math.max(...times);
const [apart, together] = [await run(false), await run(true)];
const [before, after] = [apart, together].map((times) => getLast(times.map(({ searchable }) => searchable)));
const playable = getLast(together.map((times) => times.playable));
const first = Math.min(...together.map(({ searchable }) => searchable));
const throughput = (before ?? 0) / (after ?? 1);
record({
  what: `${COUNT} videos of ${SECONDS} s (720p, to be encoded) at once, until all are searchable`,
  reference: `one after the other, ${before?.toFixed(1)} s`,
  measured: `${after?.toFixed(1)} s; the last one plays after ${playable.toFixed(1)} s (one after the other ${getLast(apart.map((times) => times.playable)).toFixed(1)}), the first one is searchable after ${first.toFixed(1)} s`,
  ratio: throughput,
  target: 'throughput ≥ 0.9 ×, playable first',
  met: throughput >= 0.9 && playable < getLast(apart.map((times) => times.playable)),
});
process.exit(0);
