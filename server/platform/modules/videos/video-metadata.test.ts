import { expect, test } from 'vitest';
import type { VideoMetadata } from '../../tasks/protocol.ts';
import { toVideoMetadata } from './video-metadata.ts';

const audio = { codec: 'aac', sampleRate: 48_000, channels: 2, language: 'de', title: null };
const probed: Omit<VideoMetadata, 'audio'> = {
  format: 'mov',
  duration: 8,
  bitRate: 530_400,
  video: { codec: 'h264', width: 640, height: 360, frameRate: 25, rotation: 0 },
};

test('every field is in snake case', () => {
  const subtitleTracks = [{ language: 'en', title: 'English' }];
  expect(toVideoMetadata({ ...probed, audio, audioTracks: [audio], subtitleTracks, warnings: ['Odd.'] })).toEqual({
    format: 'mov',
    duration: 8,
    bit_rate: 530_400,
    video: { codec: 'h264', width: 640, height: 360, frame_rate: 25, rotation: 0 },
    audio: { codec: 'aac', sample_rate: 48_000, channels: 2, language: 'de', title: null },
    audio_tracks: [{ codec: 'aac', sample_rate: 48_000, channels: 2, language: 'de', title: null }],
    subtitle_tracks: [{ language: 'en', title: 'English' }],
    warnings: ['Odd.'],
  });
});

test('a video of version 0.1, which had no list of tracks, has empty ones', () => {
  expect(toVideoMetadata({ ...probed, audio: null })).toMatchObject({
    audio: null,
    audio_tracks: [],
    subtitle_tracks: [],
  });
});
