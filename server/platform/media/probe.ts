import { avGetCodecName } from 'node-av';
import type { ProbeResult } from '../tasks/protocol.ts';
import { frameRateOf, openInput, rotationOf, videoStream } from './input.ts';

/** What a file holds. Throws `UnreadableMediaError` when it is no video. */
export async function probe({ input: path }: { input: string }): Promise<ProbeResult> {
  const input = await openInput(path);
  try {
    const video = videoStream(input);
    const audio = input.audio();
    const rotation = rotationOf(video);
    const { width, height } = video.codecpar;
    const sideways = rotation === 90 || rotation === 270;
    return {
      format: input.formatName,
      duration: input.duration > 0 ? input.duration : 0,
      bitRate: Math.max(0, Math.round((Number(input.bitRate) || 0) * 1000)),
      video: {
        codec: avGetCodecName(video.codecpar.codecId) ?? 'unknown',
        width: sideways ? height : width,
        height: sideways ? width : height,
        frameRate: Math.round(frameRateOf(video) * 1000) / 1000,
        rotation,
      },
      audio: audio
        ? {
            codec: avGetCodecName(audio.codecpar.codecId) ?? 'unknown',
            sampleRate: audio.codecpar.sampleRate,
            channels: audio.codecpar.channels,
          }
        : null,
    };
  } finally {
    await input.close();
  }
}
