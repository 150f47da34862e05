import { expect, test } from 'vitest';
import { getFacts } from './video-drawer.tsx';

test('whatever the metadata holds becomes facts that people can read', () => {
  const facts = getFacts({
    video_id: 'v',
    name: 'Clip',
    status: 'search_processed',
    video_metadata: {
      duration: 61.5,
      bitRate: 530_400,
      video: { codec: 'h264', frameRate: 29.97, rotation: 0 },
      audio: null,
      tags: ['not', 'shown'],
    },
  });
  expect(facts).toEqual([
    ['Status', 'search processed'],
    ['Duration', '00:01:01.500'],
    ['Bit rate', '530 kbit/s'],
    ['Video codec', 'h264'],
    ['Video frame rate', '29.97'],
  ]);
});
