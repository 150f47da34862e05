import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node-av';
import type { Rendition } from '../tasks/protocol.ts';
import { getAverageRate, openInput, videoStream } from './input.ts';
import { openOutput } from './output.ts';

const SEGMENT_SECONDS = 2;

/** Bits per second that a player should plan for: peaks lie above the average. */
const peakOf = (rendition: Rendition) => Math.ceil(rendition.bandwidth * 1.4);

/**
 * Cuts renditions into fMP4 HLS without encoding again: one folder per rendition, and a `master.m3u8` above them.
 * Segments start at keyframes, so each can be decoded alone.
 */
export async function packageHls(
  args: { renditions: Rendition[]; outputDir: string },
  onProgress: (fraction: number) => void,
): Promise<{ playlist: string }> {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
  for (const [index, rendition] of args.renditions.entries()) {
    const name = `${rendition.height}p`;
    const folder = path.join(args.outputDir, name);
    await mkdir(folder, { recursive: true });
    const input = await openInput(rendition.file);
    const rate = getAverageRate(videoStream(input)).toFixed(3);
    const output = await openOutput(path.join(folder, 'index.m3u8'), {
      input,
      format: 'hls',
      options: {
        hls_time: SEGMENT_SECONDS,
        hls_list_size: 0,
        hls_playlist_type: 'vod',
        hls_segment_type: 'fmp4',
        hls_fmp4_init_filename: 'init.mp4',
        hls_segment_filename: path.join(folder, 'part%05d.m4s'),
        hls_flags: 'independent_segments',
        // Sound starts a little before zero; moving all of it to zero would move the picture along.
        avoid_negative_ts: 'disabled',
      },
    });
    const copied = input.audio()
      ? pipeline(input, { video: 'passthrough', audio: 'passthrough' }, output)
      : pipeline(input, { video: 'passthrough' }, output);
    await copied.completion;
    await output.close();
    await input.close();
    const average = rendition.bandwidth;
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${peakOf(rendition)},AVERAGE-BANDWIDTH=${average},RESOLUTION=${rendition.width}x${rendition.height},FRAME-RATE=${rate}`,
      `${name}/index.m3u8`,
    );
    onProgress((index + 1) / args.renditions.length);
  }
  await writeFile(path.join(args.outputDir, 'master.m3u8'), `${lines.join('\n')}\n`);
  return { playlist: 'master.m3u8' };
}
