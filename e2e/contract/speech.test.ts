import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { type VideoText, videoTextSchema } from '../../src/api/contracts/transcripts.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { makeSource } from '../clips/sources/make-source.ts';
import { wordedClip } from '../clips/worded-clip.ts';
import { type ScriptedTranscriber, scriptedTranscriber } from '../scripted-transcriber.ts';
import { type Studio, startStudio } from '../studio.ts';

/** Speech recognition by a configured service, which is a stand-in that speaks its protocol. */

const HEARD = [{ start: 0.1, end: 0.4, text: ' The lighthouse is open.' }];
/** When the clip beeps, in seconds; the rest is silent. */
const BEEP_AT = 4;

let studio: Studio;
let service: ScriptedTranscriber;
let folder: string;
let videoId: string;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const send = (path: string, method = 'GET') =>
  fetch(`${studio.platformUrl}/local/videos/${path}`, { method, headers: { 'x-api-key': studio.apiKey } });
const getText = async (id: string): Promise<VideoText> =>
  videoTextSchema.parse(await (await send(`${id}/text`)).json());
const expectStatus = (id: string, status: string) =>
  expect.poll(async () => (await getText(id)).recognition.status, { timeout: 60_000, interval: 200 }).toBe(status);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mikshi-speech-'));
  service = await scriptedTranscriber(HEARD);
  studio = await startStudio({
    env: { TRANSCRIBE_BASE_URL: service.baseUrl, TRANSCRIBE_MODEL: 'whisper-1', TRANSCRIBE_API_KEY: 'sk-speech' },
  });
  const file = await makeSource(folder, { file: 'spoken.mp4', duration: 6, flashAt: BEEP_AT });
  videoId = await uploadAndWait(client(), file, 'Spoken');
});
afterAll(async () => {
  await studio.stop();
  service.close();
  await rm(folder, { recursive: true, force: true });
});

test('the sound of a new video is recognized, without its silence, at the time where it is heard', async () => {
  await expectStatus(videoId, 'completed');
  const [request, ...others] = service.asked;
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    model: 'whisper-1',
    format: 'verbose_json',
    authorization: 'Bearer sk-speech',
  });
  expect(request?.sound.subarray(0, 4).toString()).toBe('RIFF');
  // The beep and a margin, of 32,000 bytes per second.
  expect(request?.sound.length).toBeLessThan(32_000 * 1.5);
  const { tracks } = await getText(videoId);
  expect(tracks).toMatchObject([{ source: 'recognized', language: 'en', cues: [{ text: 'The lighthouse is open.' }] }]);
  const [cue] = tracks[0]?.cues ?? [];
  // The piece begins 0.3 s before the beep.
  expect(Math.abs((cue?.start_ms ?? 0) - (BEEP_AT - 0.3 + 0.1) * 1000)).toBeLessThan(60);
  const master = await fetch((await client().videos.get(videoId)).hls_playlist_path ?? '', {
    headers: { 'x-api-key': studio.apiKey },
  });
  expect(await master.text()).toContain('TYPE=SUBTITLES');
});

test('recognized words are searched', async () => {
  await processAndWait(client(), videoId);
  const [hit] = await client().search.search('lighthouses', { videoIds: [videoId] });
  expect(hit).toMatchObject({
    matched_on: expect.arrayContaining(['transcription']),
    matched_text: 'The lighthouse is open.',
  });
});

test('a busy service is asked again; a refusal is told, and tried again on request', async () => {
  service.failures.push(503);
  expect((await send(`${videoId}/transcribe`, 'POST')).status).toBe(202);
  await expectStatus(videoId, 'completed');
  expect(service.failures).toEqual([]);
  // Each of the stage's tries.
  service.failures.push(401, 401, 401);
  expect((await send(`${videoId}/transcribe`, 'POST')).status).toBe(202);
  await expectStatus(videoId, 'failed');
  const { recognition, tracks } = await getText(videoId);
  expect(recognition.error).toBe('The transcription service refused the key. Check TRANSCRIBE_API_KEY.');
  // What was recognized before is still there.
  expect(tracks).toHaveLength(1);
  expect((await send(`${videoId}/transcribe`, 'POST')).status).toBe(202);
  await expectStatus(videoId, 'completed');
});

test('processing again does not recognize again', async () => {
  const asked = service.asked.length;
  expect((await send(`${videoId}/process-again`, 'POST')).status).toBe(202);
  const isOver = async () => {
    const { transcoding_status: stage } = await client().uploads.getStatus(videoId);
    return stage?.status === 'completed' && (await client().videos.get(videoId)).analyse_status === 'done';
  };
  await expect.poll(isOver, { timeout: 60_000, interval: 200 }).toBe(true);
  expect(service.asked).toHaveLength(asked);
  expect((await getText(videoId)).tracks).toHaveLength(1);
});

test('a source with subtitles is not recognized unasked', async () => {
  const id = await uploadAndWait(client(), await wordedClip(), 'Subtitled');
  expect((await getText(id)).recognition).toMatchObject({ is_available: true, status: null });
});
