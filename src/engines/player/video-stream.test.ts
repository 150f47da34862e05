import { expect, test } from 'vitest';
import { readFrameRate } from './video-stream.ts';

test('the frame rate is read from a multivariant playlist', () => {
  const playlist = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360,FRAME-RATE=29.970\n360p.m3u8\n';
  expect(readFrameRate(playlist)).toBe(29.97);
  expect(readFrameRate('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\n360p.m3u8\n')).toBeNull();
});
