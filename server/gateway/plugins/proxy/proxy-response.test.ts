import { expect, test } from 'vitest';
import { rewriteManifest } from './proxy-response.ts';

test('URLs of the platform become paths of the gateway, in lines and in attributes; others stay', () => {
  const manifest = [
    '#EXTM3U',
    '#EXT-X-MAP:URI="https://api.example.com/dev/hls/init.mp4?a=1"',
    'https://API.example.com/dev/hls/1.m4s',
    'https://api.example.com/other/2.m4s',
    'https://api.example.com.evil.example/dev/3.m4s',
    'https://cdn.example.com/4.m4s',
    '5.m4s',
  ].join('\n');
  expect(rewriteManifest(manifest, 'https://api.example.com/dev').split('\n')).toEqual([
    '#EXTM3U',
    '#EXT-X-MAP:URI="/hls/init.mp4?a=1"',
    '/hls/1.m4s',
    'https://api.example.com/other/2.m4s',
    'https://api.example.com.evil.example/dev/3.m4s',
    'https://cdn.example.com/4.m4s',
    '5.m4s',
  ]);
});
