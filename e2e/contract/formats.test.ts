import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  FF_ENCODER_FFV1,
  FF_ENCODER_GIF,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
  FF_ENCODER_MPEG2VIDEO,
  FF_ENCODER_MPEG4,
  FF_ENCODER_PRORES_KS,
} from 'node-av/constants';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { uploadFile } from '../../src/api/upload/upload-file.ts';
import { damagedClip } from '../clips/damaged-clip.ts';
import { firstPicture } from '../clips/first-picture.ts';
import { type ClipFormat, makeFormat } from '../clips/make-format.ts';
import { makeSound } from '../clips/make-sound.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { turnMp4 } from '../clips/turn.ts';
import { type Studio, startStudio } from '../studio.ts';

let studio: Studio;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

const YUV = 'format=yuv420p';
const formats: [title: string, format: ClipFormat, codec: string, size: [number, number]][] = [
  [
    'H.264, odd sides, full chroma',
    { file: 'odd.mkv', codec: FF_ENCODER_LIBX264, pixels: 'scale=321:181,setsar=1,format=yuv444p' },
    'h264',
    [321, 181],
  ],
  ['HEVC, 10 bits', { file: 'ten.mp4', codec: FF_ENCODER_LIBX265, pixels: 'format=yuv420p10le' }, 'hevc', [640, 360]],
  ['VP9 in WebM', { file: 'vp9.webm', codec: FF_ENCODER_LIBVPX_VP9, pixels: `scale=160:90,${YUV}` }, 'vp9', [160, 90]],
  ['MPEG-4 in AVI', { file: 'four.avi', codec: FF_ENCODER_MPEG4, pixels: YUV }, 'mpeg4', [640, 360]],
  [
    'MPEG-2 in a transport stream',
    { file: 'two.ts', codec: FF_ENCODER_MPEG2VIDEO, pixels: YUV },
    'mpeg2video',
    [640, 360],
  ],
  ['ProRes', { file: 'pro.mov', codec: FF_ENCODER_PRORES_KS, pixels: 'format=yuv422p10le' }, 'prores', [640, 360]],
  ['FFV1 in gray', { file: 'gray.mkv', codec: FF_ENCODER_FFV1, pixels: 'format=gray' }, 'ffv1', [640, 360]],
  ['an animated GIF', { file: 'moving.gif', codec: FF_ENCODER_GIF, pixels: 'format=rgb8' }, 'gif', [640, 360]],
  [
    'a variable frame rate',
    { file: 'uneven.mkv', codec: FF_ENCODER_LIBX264, pixels: YUV, variableRate: true },
    'h264',
    [640, 360],
  ],
  [
    '16 by 16 pixels',
    { file: 'tiny.mp4', codec: FF_ENCODER_LIBX264, pixels: `scale=16:16,setsar=1,${YUV}` },
    'h264',
    [16, 16],
  ],
  ['a single frame', { file: 'one.mp4', codec: FF_ENCODER_LIBX264, pixels: YUV, frames: 1 }, 'h264', [640, 360]],
];

test.each(formats)('%s becomes playable and searchable', async (title, format, codec, [width, height]) => {
  const videoId = await uploadAndWait(client(), await makeFormat(format), title);
  const details = await client().videos.get(videoId);
  expect(details.video_metadata).toMatchObject({ video: { codec, width, height } });
  const manifest = await fetch(details.hls_playlist_path ?? '', { headers: { 'x-api-key': studio.apiKey } });
  expect(await manifest.text()).toContain('#EXT-X-STREAM-INF');
  await processAndWait(client(), videoId);
  expect((await client().embeddings.video(videoId)).data.length).toBeGreaterThan(0);
});

/** The first picture of what a browser would play. */
async function playedPicture(videoId: string) {
  const { video_path } = await client().videos.get(videoId);
  const file = path.join(tmpdir(), `mikshi-played-${videoId}.mp4`);
  await writeFile(file, Buffer.from(await (await fetch(video_path ?? '')).arrayBuffer()));
  return firstPicture(file);
}

test('a clip filmed upright stands upright', async () => {
  const file = await makeFormat({ file: 'upright.mp4', codec: FF_ENCODER_LIBX264, pixels: YUV });
  await turnMp4(file);
  const videoId = await uploadAndWait(client(), file, 'Upright');
  expect((await client().videos.get(videoId)).video_metadata).toMatchObject({
    video: { width: 360, height: 640, rotation: 90 },
  });
  const picture = await playedPicture(videoId);
  expect([picture.width, picture.height]).toEqual([360, 640]);
  // The black squares along the top of the frame now run down its right side.
  expect(picture.lumaAt(350, 320)).toBeLessThan(40);
  expect(picture.lumaAt(10, 320)).toBeGreaterThan(70);
  expect(picture.lumaAt(180, 10)).toBeGreaterThan(70);
});

test('high dynamic range is brought to what every screen shows', async () => {
  // PQ code 0.58 is diffuse white (203 nits); shown without mapping it would be a mid gray.
  const file = await makeFormat({
    file: 'hdr.mp4',
    codec: FF_ENCODER_LIBX265,
    pixels: 'lutrgb=r=148:g=148:b=148,format=yuv420p10le',
    options: { 'x265-params': 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none' },
  });
  expect((await firstPicture(file)).lumaAt(320, 180)).toBeLessThan(160);
  const picture = await playedPicture(await uploadAndWait(client(), file, 'HDR'));
  expect(picture.lumaAt(320, 180)).toBeGreaterThan(200);
});

test('a file with sound alone fails with a sentence', async () => {
  const { video_id } = await uploadPath(client(), await makeSound('only-sound.mp4'), { name: 'Sound' });
  await expect
    .poll(async () => (await client().uploads.getStatus(video_id)).transcoding_status, { timeout: 60_000 })
    .toMatchObject({ status: 'failed', error: expect.stringContaining('no picture') });
});

test('a copy that turns out to be damaged is encoded, and analyzed then', async () => {
  const videoId = await uploadAndWait(client(), await damagedClip(), 'Damaged');
  await processAndWait(client(), videoId);
  const { transcoding_status: transcoding } = await client().uploads.getStatus(videoId);
  const { started_at } = await client().videos.getAnalyseStatus(videoId);
  expect(Date.parse(started_at ?? '')).toBeGreaterThanOrEqual(Date.parse(transcoding?.ended_at ?? ''));
  expect(await client().videos.get(videoId)).toMatchObject({
    video_path: expect.stringContaining('/transcode-2/'),
    warnings: [expect.stringMatching(/damaged/)],
  });
});

test('a ladder plays in its full size first, and has a step below each other then', async () => {
  const file = await openAsBlob(
    await makeFormat({ file: 'ladder.mp4', codec: FF_ENCODER_LIBX264, pixels: `scale=1280:720,${YUV}` }),
  );
  const { video_id } = await uploadFile(client().uploads, file, {
    name: 'Ladder',
    filename: 'ladder.mp4',
    useDynamicHls: true,
  });
  await expect
    .poll(async () => (await client().uploads.getStatus(video_id)).hls_generation_status?.status, { timeout: 60_000 })
    .toBe('completed');
  const fetchManifest = async () => {
    const { hls_playlist_path } = await client().videos.get(video_id);
    const answer = await fetch(hls_playlist_path ?? '', { headers: { 'x-api-key': studio.apiKey } });
    return { url: hls_playlist_path ?? '', text: await answer.text() };
  };
  const getSizes = (manifest: string) =>
    [...manifest.matchAll(/RESOLUTION=(\d+x\d+),FRAME-RATE=[\d.]+$/gm)].map(([, size]) => size);
  const first = await fetchManifest();
  await expect
    .poll(async () => getSizes((await fetchManifest()).text), { timeout: 60_000 })
    .toEqual(['1280x720', '852x480', '640x360']);
  const { url, text } = await fetchManifest();
  for (const [playlist] of text.matchAll(/^\d+p\/index\.m3u8$/gm)) {
    const answer = await fetch(new URL(playlist, url), { headers: { 'x-api-key': studio.apiKey } });
    expect(await answer.text()).toContain('part00000.m4s');
  }
  // A player that opened the first one goes on with it.
  const answer = await fetch(first.url, { headers: { 'x-api-key': studio.apiKey } });
  expect(getSizes(await answer.text())).toContain('1280x720');
  // Subtitles that are added later are beside its package, too.
  const headers = { 'x-api-key': studio.apiKey };
  const body = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n';
  await fetch(`${studio.platformUrl}/local/videos/${video_id}/subtitles?name=a.vtt`, { method: 'POST', headers, body });
  const [, subtitles = ''] = /URI="(subtitles-[^"]+)"/.exec((await fetchManifest()).text) ?? [];
  expect(await (await fetch(new URL(subtitles, url), { headers })).text()).toContain('subtitles.vtt');
});
