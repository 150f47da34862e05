import '../server/platform/tasks/media/node-av-polyfills.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { makeFormat } from '../e2e/clips/make-format.ts';
import { processAndWait, uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { record } from './record.ts';

/**
 * A minute of 720p from the first byte sent until it can be searched and asked, against FFmpeg encoding the same file alone
 * (in this process, with the platform's preset).
 */
const clip = await makeFormat({
  file: 'ingest.mp4',
  codec: FF_ENCODER_LIBX264,
  pixels: 'scale=1280:720,noise=alls=6:allf=t,format=yuv420p',
  frames: 60 * 25,
  options: { preset: 'veryfast', crf: '23' },
});
const seconds = async (work: () => Promise<unknown>) => {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
};

async function encodeAlone(): Promise<void> {
  const { Decoder, Demuxer, Encoder, FilterAPI, Muxer, pipeline } = await import('node-av');
  const folder = await mkdtemp(path.join(tmpdir(), 'ingest-'));
  const input = await Demuxer.open(clip);
  const video = input.video();
  if (!video) throw new Error('The clip has no picture.');
  const decoder = await Decoder.create(video);
  const filter = FilterAPI.create('format=yuv420p');
  const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    decoder,
    filter,
    options: { preset: 'veryfast', crf: 23 },
  });
  const output = await Muxer.open(path.join(folder, 'alone.mp4'), { input });
  await pipeline(input, { video: [decoder, filter, encoder] }, output).completion;
  await output.close();
  await input.close();
  await rm(folder, { recursive: true });
}

const studio = await startStudio();
const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const alone = await seconds(encodeAlone);
let videoId = '';
const playable = await seconds(async () => {
  videoId = await uploadAndWait(client, clip, 'Ingest');
});
const searchable = playable + (await seconds(() => processAndWait(client, videoId)));
record({
  what: 'ingest of a minute of 720p until it is searchable',
  reference: `FFmpeg transcoding alone, same preset, ${alone.toFixed(1)} s`,
  measured: `${searchable.toFixed(1)} s (playable after ${playable.toFixed(1)} s, ${(playable / alone).toFixed(2)} ×)`,
  ratio: searchable / alone,
  target: '≤ 1.5 ×',
  met: searchable / alone <= 1.5,
});
await studio.stop();
await rm(clip);
process.exit(0);
