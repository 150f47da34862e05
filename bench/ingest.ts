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
 * (in this process, with the platform's preset): once as most encoders make it, which has to be encoded again, and once as
 * browsers play it.
 */
const PIXELS = 'scale=1280:720,noise=alls=6:allf=t,format=yuv420p';
const makeMinute = (file: string, parameters: string) =>
  makeFormat({
    file,
    codec: FF_ENCODER_LIBX264,
    pixels: PIXELS,
    frames: 60 * 25,
    options: { preset: 'veryfast', crf: '23', 'x264-params': parameters },
  });
const seconds = async (work: () => Promise<unknown>) => {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
};

async function encodeAlone(clip: string): Promise<void> {
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

async function measure(clip: string, name: string) {
  const alone = await seconds(() => encodeAlone(clip));
  let videoId = '';
  const playable = await seconds(async () => {
    videoId = await uploadAndWait(client, clip, name);
  });
  const searchable = playable + (await seconds(() => processAndWait(client, videoId)));
  await rm(clip);
  const measured = `${searchable.toFixed(1)} s (playable after ${playable.toFixed(1)} s, ${(playable / alone).toFixed(2)} ×)`;
  return {
    reference: `FFmpeg transcoding alone, same preset, ${alone.toFixed(1)} s`,
    measured,
    ratio: searchable / alone,
  };
}

const encoded = await measure(await makeMinute('ingest.mp4', 'keyint=250:min-keyint=250:scenecut=0'), 'Encoded');
record({
  what: 'ingest of a minute of 720p until it is searchable',
  ...encoded,
  target: '≤ 1.5 ×',
  met: encoded.ratio <= 1.5,
});
const copied = await measure(await makeMinute('ingest-ready.mp4', 'keyint=50:bframes=3'), 'Copied');
record({
  what: 'the same of a file that browsers play as it is',
  ...copied,
  target: '≤ 1.0 ×',
  met: copied.ratio <= 1,
});
await studio.stop();
process.exit(0);
