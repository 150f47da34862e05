import { avGetCodecName } from 'node-av';
import type { ProbeResult } from '../tasks/protocol.ts';
import { getAverageRate, openInput } from './input.ts';
import { getDisplaySize, getRotation } from './picture-geometry.ts';
import { chooseVideo } from './track-choice.ts';

/** What a file holds. Throws `UnreadableMediaError` when it is no video. */
export async function probe({ input: path }: { input: string }): Promise<ProbeResult> {
  const input = await openInput(path);
  try {
    const video = chooseVideo(input);
    const { width, height } = getDisplaySize(video);
    return {
      format: input.formatName,
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
  } finally {
    await input.close();
  }
}
