import { avGetCodecName, type Demuxer } from 'node-av';
import type { ProbeResult } from '../protocol.ts';
import { getAverageRate } from './input.ts';
import { getDisplaySize, getRotation } from './picture-geometry.ts';
import { parseRecordingDate } from './recording-date.ts';
import { chooseVideo } from './track-choice.ts';

/** What an open file says of itself. Throws `UnreadableMediaError` when it is no video. */
export function probe(input: Demuxer): ProbeResult {
  const video = chooseVideo(input);
  const { width, height } = getDisplaySize(video);
  return {
    format: input.formatName,
    recordedAt: parseRecordingDate(input.metadata.creation_time),
    duration: input.duration > 0 ? input.duration : 0,
    bitRate: Math.max(0, Math.round((Number(input.bitRate) || 0) * 1000)),
    video: {
      codec: avGetCodecName(video.codecpar.codecId) ?? 'unknown',
      width,
      height,
      frameRate: Math.round(getAverageRate(video) * 1000) / 1000,
      rotation: getRotation(video),
    },
  };
}
