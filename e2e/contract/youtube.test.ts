import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { waitUntilUploaded } from '../../src/api/workflows/wait-until-ready.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

let studio: Studio;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });
const watch = (id: string) => `https://www.youtube.com/watch?v=${id}`;

/** Stands in for yt-dlp, which needs the network: the same arguments, the same words, a clip of ours for a video. */
const script = (clip: string) => `#!/bin/sh
for last; do :; done
case "$last" in
  *private*) echo "ERROR: [youtube] x: Private video. Sign in if you've been granted access" >&2; exit 1;;
  *age*) echo "ERROR: [youtube] x: Sign in to confirm your age." >&2; exit 1;;
  *gone*) echo "ERROR: [youtube] x: Video unavailable" >&2; exit 1;;
  *odd*) echo "ERROR: something new" >&2; exit 1;;
  *long*) echo '{"title": "Long", "duration": 99999}'; exit 0;;
  *live*) echo '{"title": "Live", "is_live": true}'; exit 0;;
esac
out=""
while [ $# -gt 0 ]; do [ "$1" = "-o" ] && out="$2"; shift; done
if [ -n "$out" ]; then cp "${clip}" "$out"; else echo '{"title": "A talk", "duration": 4}'; fi
`;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'yt-'));
  await writeFile(path.join(folder, 'yt-dlp'), script(await timecodeClip(4)));
  await chmod(path.join(folder, 'yt-dlp'), 0o755);
  studio = await startStudio({ env: { PATH: `${folder}${path.delimiter}${process.env.PATH}` } });
});
afterAll(() => studio.stop());

test('an import is fetched, named after its title, and processed', async () => {
  const { video_id } = await client().uploads.importYoutube(watch('talk'));
  await waitUntilUploaded(client(), video_id, { intervalMs: 200 });
  expect(await client().videos.get(video_id)).toMatchObject({ name: 'A talk', transcoding_status: 'completed' });
  const named = await client().uploads.importYoutube('https://youtu.be/talk', 'My name');
  expect(await client().videos.get(named.video_id)).toMatchObject({ name: 'My name' });
});

test('a link without TLS is imported from its https address', async () => {
  const { video_id } = await client().uploads.importYoutube('http://www.youtube.com/watch?v=plain');
  expect(await client().videos.get(video_id)).toMatchObject({ name: 'A talk' });
});

test.each([
  ['private', 'YOUTUBE_VIDEO_PRIVATE'],
  ['age', 'YOUTUBE_VIDEO_AGE_RESTRICTED'],
  ['gone', 'YOUTUBE_VIDEO_UNAVAILABLE'],
  ['long', 'YOUTUBE_VIDEO_TOO_LONG'],
  ['live', 'YOUTUBE_VIDEO_LIVE'],
  ['odd', 'YOUTUBE_IMPORT_FAILED'],
])('%s is refused with %s', async (id, code) => {
  await expect(client().uploads.importYoutube(watch(id))).rejects.toMatchObject({ name: 'YouTubeImportError', code });
});

test.each([
  'https://evil.example/watch?v=talk',
  'http://youtube.com:8080/watch?v=talk',
  'https://youtube.com:8443/x',
  'file:///etc/passwd',
  '--exec=id',
])('%s is not YouTube', async (url) => {
  await expect(client().uploads.importYoutube(url)).rejects.toMatchObject({ code: 'YOUTUBE_INVALID_URL' });
});
