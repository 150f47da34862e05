import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { inParallel } from '../../src/api/concurrency.ts';
import { derivedStatus } from '../../src/api/status.ts';
import { uploadFile } from '../../src/api/upload/upload-file.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

let studio: Studio;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });

beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

/** The same noise every time (a linear congruential generator). */
function noise(bytes: number, seed: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let state = seed;
  for (let at = 0; at < bytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    buffer[at] = state >>> 24;
  }
  return buffer;
}

const SIGNATURES: Readonly<Record<string, string>> = {
  mp4: '000000186674797069736f6d',
  matroska: '1a45dfa3a34286810142f781',
  avi: '52494646ffffff7f415649204c495354',
  mpegts: '474011100042f0250001c10000ff01ff',
  flv: '464c5601050000000900000000',
  ogg: '4f676753000200000000000000',
  gif: '474946383961ffffffff',
  mpeg: '000001ba4400040004010000',
  asf: '3026b2758e66cf11a6d900aa0062ce6c',
  wav: '52494646240000005741564566',
  mp3: '494433040000000000',
  jpeg: 'ffd8ffe000104a46494600010100',
  png: '89504e470d0a1a0a0000000d49484452',
  zip: '504b0304140000000800',
  elf: '7f454c4602010100',
  pdf: '255044462d312e37',
};

const TEXTS: Readonly<Record<string, string>> = {
  'an HLS playlist': '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
  'an HLS playlist to the network': '#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:1/secret.ts\n#EXT-X-ENDLIST\n',
  'a DASH manifest':
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>file:///etc/</BaseURL></MPD>',
  'a concat script': "ffconcat version 1.0\nfile '/etc/passwd'\n",
  'a session description': 'v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n',
  'a subtitle file': '1\n00:00:00,000 --> 00:00:02,000\nHello\n',
  'an SVG with a script': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'an HTML page': '<!doctype html><script>alert(1)</script>',
  'a shell script': '#!/bin/sh\nrm -rf /\n',
  JSON: '{"streams": []}',
  spaces: ' '.repeat(5000),
  'one byte': 'x',
};

async function corpus(): Promise<{ title: string; bytes: Buffer }[]> {
  const clip = await readFile(await timecodeClip(4));
  const cut = [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map((share) => ({
    title: `a clip cut off at ${share * 100} %`,
    bytes: clip.subarray(0, Math.floor(clip.length * share)),
  }));
  const flipped = Array.from({ length: 14 }, (_, seed) => {
    const bytes = Buffer.from(clip);
    const places = noise(40 * 3, seed + 1);
    for (let at = 0; at < places.length; at += 3) bytes[places.readUIntBE(at, 3) % bytes.length] = places[at] ?? 0;
    return { title: `a clip with flipped bytes (${seed})`, bytes };
  });
  const signed = Object.entries(SIGNATURES).flatMap(([name, signature], index) => [
    { title: `the start of ${name}`, bytes: Buffer.from(signature, 'hex') },
    { title: `${name} and noise`, bytes: Buffer.concat([Buffer.from(signature, 'hex'), noise(50_000, index + 7)]) },
  ]);
  const texts = Object.entries(TEXTS).map(([title, text]) => ({ title, bytes: Buffer.from(text) }));
  const holes = [
    { title: 'zeros', bytes: Buffer.alloc(100_000) },
    { title: 'noise', bytes: noise(100_000, 99) },
    { title: 'a clip behind noise', bytes: Buffer.concat([noise(5000, 3), clip]) },
    { title: 'nothing at all', bytes: Buffer.alloc(0) },
  ];
  return [...cut, ...flipped, ...signed, ...texts, ...holes];
}

test('every broken file ends with a sentence or a video, and the platform goes on', async () => {
  const files = await corpus();
  expect(files.length).toBeGreaterThanOrEqual(60);
  const outcomes = await inParallel(files, 4, async ({ title, bytes }) => {
    const { video_id } = await uploadFile(client().uploads, new Blob([new Uint8Array(bytes)]), {
      name: title,
      filename: 'clip.mp4',
    });
    for (;;) {
      const status = await client().uploads.getStatus(video_id);
      const settled = ['transcoding_status', 'thumbnail_generation_status', 'hls_generation_status'] as const;
      if (settled.every((stage) => ['completed', 'failed'].includes(status[stage]?.status ?? ''))) {
        return { title, outcome: derivedStatus(status), sentence: status.error_message ?? '' };
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  });
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  expect(failed.length).toBeGreaterThan(40);
  expect(failed.filter(({ sentence }) => !/^[A-Z].+\.$/.test(sentence))).toEqual([]);
  for (const title of Object.keys(TEXTS)) {
    expect(outcomes.find((outcome) => outcome.title === title)).toMatchObject({ outcome: 'failed' });
  }
  await expect(uploadAndWait(client(), await timecodeClip(4), 'A good one after all that')).resolves.toMatch(/-/);
}, 400_000);
