import { expect, test } from 'vitest';
import { playbackUrl } from './playback.ts';

const PAGE = 'http://127.0.0.1:8080';

test('URLs on a remote platform are fetched through this origin, others stay', () => {
  const remote = 'https://api.example.com';
  expect(playbackUrl(`${remote}/hls/1/master.m3u8?v=2`, remote, PAGE)).toBe(`${PAGE}/hls/1/master.m3u8?v=2`);
  expect(playbackUrl('https://cdn.example.com/a.m3u8', remote, PAGE)).toBe('https://cdn.example.com/a.m3u8');
  expect(playbackUrl(`${remote}/dev/hls/1.m3u8`, `${remote}/dev`, PAGE)).toBe(`${PAGE}/hls/1.m3u8`);
  expect(playbackUrl(`${PAGE}/hls/1.m3u8`, null, PAGE)).toBe(`${PAGE}/hls/1.m3u8`);
});
