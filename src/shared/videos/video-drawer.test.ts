import { expect, test } from 'vitest';
import { getFacts } from './video-drawer.tsx';

test('whatever the metadata holds becomes facts that people can read', () => {
  const facts = getFacts({
    video_id: 'v',
    name: 'Clip',
    status: 'search_processed',
    recorded_at: '2024-05-01T12:00:00.000Z',
    video_metadata: {
      duration: 61.5,
      bitRate: 530_400,
      video: { codec: 'h264', frameRate: 29.97, rotation: 0 },
      audio: null,
      tags: ['not', 'shown'],
    },
  });
  expect(facts).toEqual([
    ['Recorded', expect.stringMatching(/^May 1, 2024 at /)],
    ['Status', 'search processed'],
    ['Duration', '00:01:01.500'],
    ['Bit rate', '530 kbit/s'],
    ['Video codec', 'h264'],
    ['Video frame rate', '29.97'],
  ]);
});
