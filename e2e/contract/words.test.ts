import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { askResponseSchema } from '../../src/api/contracts/chat.ts';
import { segmentsSchema } from '../../src/api/contracts/segments.ts';
import { type VideoText, videoTextSchema, wordTimesSchema } from '../../src/api/contracts/transcripts.ts';
import { CHAT } from '../../src/api/paths.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { WORDS, wordedClip } from '../clips/worded-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** What is said and written in a video: stored, searched, shown. */

let studio: Studio;
let videoId: string;
let silentId: string;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

const send = (path: string, init: RequestInit = {}) =>
  fetch(`${studio.platformUrl}${path}`, { ...init, headers: { 'x-api-key': studio.apiKey, ...init.headers } });
const sendJson = (path: string, method: string, body: unknown) =>
  send(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const getText = async (id: string): Promise<VideoText> =>
  videoTextSchema.parse(await (await send(`/local/videos/${id}/text`)).json());
const addSubtitles = (id: string, body: string | Uint8Array<ArrayBuffer>, name = 'clip.srt') =>
  send(`/local/videos/${id}/subtitles?name=${encodeURIComponent(name)}`, { method: 'POST', body });
const getMaster = async (id: string): Promise<string> => {
  const { hls_playlist_path } = await client().videos.get(id);
  return (await fetch(hls_playlist_path ?? '', { headers: { 'x-api-key': studio.apiKey } })).text();
};

beforeAll(async () => {
  studio = await startStudio();
  const process = async (file: string, name: string) => {
    const id = await uploadAndWait(client(), file, name);
    await processAndWait(client(), id);
    return id;
  };
  [videoId, silentId] = await Promise.all([
    process(await wordedClip(), 'Words'),
    process(await timecodeClip(8), 'Silent'),
  ]);
});
afterAll(() => studio.stop());

test('the subtitle track of a source is its transcript', async () => {
  const { tracks } = await getText(videoId);
  expect(tracks).toMatchObject([{ source: 'embedded', language: 'en', name: 'English' }]);
  expect(tracks[0]?.cues).toMatchObject(
    WORDS.said.map(({ start, end, text }) => ({
      start_ms: start * 1000,
      end_ms: end * 1000,
      text,
      is_edited: false,
    })),
  );
});

test('text in the picture is read, each text once, with its place and time', async () => {
  const { on_screen } = await getText(videoId);
  expect(on_screen).toHaveLength(WORDS.written.length);
  for (const { start, end, text } of WORDS.written) {
    const read = on_screen.find((item) => item.text.includes(text));
    expect(read, `${text} in ${on_screen.map((item) => item.text).join(' | ')}`).toBeDefined();
    // Two frames per second are looked at.
    expect(Math.abs((read?.start_ms ?? 0) - start * 1000)).toBeLessThanOrEqual(500);
    expect(Math.abs((read?.end_ms ?? 0) - end * 1000)).toBeLessThanOrEqual(520);
    expect(read?.confidence).toBeGreaterThan(0.9);
  }
  const [left = 0, top = 0, right = 0, bottom = 0] =
    on_screen.find(({ text }) => text.includes('EMERGENCY'))?.box ?? [];
  expect([left * 960, top * 540].map((at) => Math.round(at / 20))).toEqual([4, 6]);
  expect(right).toBeLessThan(0.6);
  expect(bottom).toBeLessThan(0.4);
  expect((await getText(silentId)).tracks).toEqual([]);
});

test('segments have what is said and written meanwhile', async () => {
  const { segments } = segmentsSchema.parse(await (await send(`/local/videos/${videoId}/segments`)).json());
  const at = (seconds: number) =>
    segments.find(({ start_ms, end_ms }) => start_ms <= seconds * 1000 && end_ms > seconds * 1000);
  expect(at(2)?.said).toContain('forklifts');
  expect(at(3.5)?.written.join()).toContain('EMERGENCY EXIT');
  expect(at(11.5)?.written.join()).toContain('Loading area');
  expect(at(11.5)?.written.join()).not.toContain('EMERGENCY');
});

test('a search finds what is said, in other forms and spellings, and starts at its cue', async () => {
  const scope = { videoIds: [videoId, silentId] };
  const [first] = await client().search.search('where is a forklift checked', scope);
  expect(first).toMatchObject({ video_id: videoId, start_ms: 1000, matched_text: WORDS.said[0].text, close: true });
  expect(first?.matched_on).toContain('transcription');
  const [part] = await client().search.search('ax-4711', scope);
  expect(part).toMatchObject({ start_ms: 9500, matched_text: WORDS.said[1].text });
  const [misspelled] = await client().search.search('forklfits', scope);
  expect(misspelled).toMatchObject({ start_ms: 1000, matched_on: expect.arrayContaining(['transcription']) });
});

test('a search finds what is written, and words in quotes as they are given only', async () => {
  const scope = { videoIds: [videoId, silentId] };
  const [first] = await client().search.search('emergency exit', scope);
  expect(first).toMatchObject({ video_id: videoId, matched_text: 'EMERGENCY EXIT' });
  expect(first?.matched_on).toContain('text_in_video');
  const quoted = await client().search.search('"loading area"', { ...scope, topK: 10 });
  expect(quoted.length).toBeGreaterThan(0);
  expect(quoted.every(({ matched_text }) => matched_text?.includes('Loading area'))).toBe(true);
  expect(await client().search.search('"area loading"', scope)).toEqual([]);
});

test('a search looks through what it is asked to, and returns as many hits as there are', async () => {
  const scope = { videoIds: [videoId, silentId] };
  const seen = await client().search.search('emergency exit', { ...scope, searchOptions: ['visual'] });
  expect(seen.every(({ matched_text }) => matched_text === null)).toBe(true);
  const said = await client().search.search('forklift', { ...scope, searchOptions: ['transcription'] });
  expect(said.map(({ start_ms }) => start_ms)).toEqual([1000]);
  expect(await client().search.search('forklift', { ...scope, searchOptions: ['text_in_video'] })).toEqual([]);
  const all = await client().search.search('forklift', { ...scope, topK: 50 });
  const segments = await Promise.all(
    scope.videoIds.map(async (id) => segmentsSchema.parse(await (await send(`/local/videos/${id}/segments`)).json())),
  );
  expect(all).toHaveLength(segments.flatMap((video) => video.segments).length);
  const refused = await sendJson(`${CHAT}/search`, 'POST', { query: 'x', all_videos: true, search_options: [] });
  expect(refused.status).toBe(422);
});

test('an answer quotes what is said and written, and cites where', async () => {
  const said = await client().chat.ask('What does he say about the forklift?', { videoId });
  expect(said.answer).toContain('0:01–0:03, said: “Please check the forklifts before you leave.”');
  expect(said.citations).toMatchObject([{ start_ms: 1000 }]);
  const written = await client().chat.ask('What is written on the sign about loading?', { videoId });
  expect(written.answer).toContain('on screen: “Dock 7 - Loading area');
  const none = await client().chat.ask('What is said about whales?', { videoId });
  expect(none.answer).toMatch(/couldn’t find that in what is said/);
  expect((await client().chat.ask('What is said?', { videoId: silentId })).answer).toMatch(/no transcript/);
});

test('a subtitle file is added, plays, is searched and removed', async () => {
  const added = await addSubtitles(
    silentId,
    '\ufeffWEBVTT\n\n00:02.000 --> 00:03.500\nA <i>quiet</i> zebra\n',
    'x.de.vtt',
  );
  expect(added.status).toBe(201);
  const { track_id } = await added.json();
  expect((await getText(silentId)).tracks).toMatchObject([
    { track_id, source: 'file', language: 'de', name: 'German', cues: [{ start_ms: 2000, text: 'A quiet zebra' }] },
  ]);
  const master = await getMaster(silentId);
  expect(master).toMatch(/TYPE=SUBTITLES,.*NAME="German",LANGUAGE="de"/);
  expect(master).toMatch(/STREAM-INF:.*SUBTITLES="subtitles"/);
  const { hls_playlist_path } = await client().videos.get(silentId);
  const file = new URL(`subtitles-${track_id}/subtitles.vtt`, hls_playlist_path ?? '');
  const vtt = await (await fetch(file, { headers: { 'x-api-key': studio.apiKey } })).text();
  expect(vtt).toContain('00:00:02.000 --> 00:00:03.500\nA quiet zebra');
  const [hit] = await client().search.search('zebra', { videoIds: [silentId] });
  expect(hit).toMatchObject({ start_ms: 2000, matched_text: 'A quiet zebra' });

  expect((await send(`/local/videos/${silentId}/tracks/${track_id}`, { method: 'DELETE' })).status).toBe(204);
  expect(await getMaster(silentId)).not.toContain('SUBTITLES');
  expect((await send(`/local/videos/${silentId}/tracks/${track_id}`, { method: 'DELETE' })).status).toBe(404);
});

test('an edited cue is kept when the video is processed again, and is searched and exported', async () => {
  const [track] = (await getText(videoId)).tracks;
  const cue = track?.cues[0];
  const edit = await sendJson(`/local/videos/${videoId}/cues/${cue?.cue_id}`, 'PATCH', { text: 'Inspect the cranes.' });
  expect(edit.status).toBe(204);
  const [hit] = await client().search.search('crane', { videoIds: [videoId] });
  expect(hit).toMatchObject({ start_ms: 1000, matched_text: 'Inspect the cranes.' });
  expect((await send(`/local/videos/${videoId}/process-again`, { method: 'POST' })).status).toBe(202);
  const isAgain = async () => {
    const { tracks } = await getText(videoId);
    return tracks[0]?.track_id !== track?.track_id && tracks[0]?.cues[0];
  };
  await expect
    .poll(isAgain, { timeout: 60_000, interval: 200 })
    .toMatchObject({ text: 'Inspect the cranes.', is_edited: true });
  const again = (await getText(videoId)).tracks[0];
  const srt = await send(`/local/videos/${videoId}/tracks/${again?.track_id}/transcript.srt`);
  expect(srt.headers.get('content-disposition')).toContain('Words.en.srt');
  expect(await srt.text()).toMatch(/^1\n00:00:01,000 --> 00:00:03,000\nInspect the cranes\.\n\n2\n/);
  expect(await getMaster(videoId)).toContain(`subtitles-${again?.track_id}/index.m3u8`);
});

test.each([
  ['no subtitles', 'Hello, these are no subtitles.', 422],
  ['nothing', '', 422],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 422],
  ['more than 10 MB', 'x'.repeat(11 * 1024 * 1024), 413],
])('a subtitle file that holds %s is refused in a sentence', async (_what, body, status) => {
  const answer = await addSubtitles(silentId, body);
  expect(answer.status).toBe(status);
  expect((await answer.json()).message).toMatch(/\.$/);
  expect((await getText(silentId)).tracks).toEqual([]);
});

test('the words of another owner’s video, and of no video, are refused', async () => {
  const unknown = crypto.randomUUID();
  const statuses = await Promise.all([
    send(`/local/videos/${unknown}/text`),
    addSubtitles(unknown, '00:01.000 --> 00:02.000\nx\n'),
    sendJson(`/local/videos/${unknown}/cues/${unknown}`, 'PATCH', { text: 'x' }),
    send(`/local/videos/${unknown}/tracks/${unknown}`, { method: 'DELETE' }),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
});

describe('a question about several videos', () => {
  const ask = async (question: string) => {
    const response = await sendJson('/local/chat/ask', 'POST', { question, all_videos: true });
    return askResponseSchema.parse(await response.json());
  };

  test('is answered from the video that has the answer, which is named and cited', async () => {
    const { answer, citations } = await ask('What is written about the loading area?');
    expect(answer).toContain('**Words**');
    expect(answer).toContain('Dock 7 - Loading area');
    expect(citations?.map(({ video_id }) => video_id)).toContain(videoId);
  });

  test('that none of them answers says so', async () => {
    expect(await ask('Where is the purple submarine?')).toMatchObject({
      answer: expect.stringContaining('couldn’t find that in these videos'),
      citations: [],
    });
  });
});

test('the times of words are those of the cues, for each video that has some', async () => {
  const response = await sendJson('/local/words', 'POST', { all_videos: true });
  const { videos } = wordTimesSchema.parse(await response.json());
  expect(videos.map(({ video_id }) => video_id)).not.toContain(silentId);
  const words = videos.find(({ video_id }) => video_id === videoId);
  const { tracks, on_screen } = await getText(videoId);
  expect(words?.said).toHaveLength(2 * tracks.flatMap(({ cues }) => cues).length);
  expect(words?.written).toHaveLength(2 * on_screen.length);
});

test('a subtitle that begins weeks after the video has its time, too', async () => {
  const added = await addSubtitles(silentId, '1\n600:00:00,000 --> 600:00:01,000\nLate\n', 'late.srt');
  expect(added.status).toBe(201);
  const response = await sendJson('/local/words', 'POST', { all_videos: true });
  const { videos } = wordTimesSchema.parse(await response.json());
  expect(videos.find(({ video_id }) => video_id === silentId)?.said).toEqual([2_160_000_000, 2_160_001_000]);
});
