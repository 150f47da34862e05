import type { Demuxer } from 'node-av';
import { AV_NOPTS_VALUE } from 'node-av/constants';

/**
 * The one decision about time: second 0 is the earliest frame or sample that the source presents. Both streams are moved
 * by the same amount, so they keep their distance; wraps and jumps have been undone by the demuxer before (as in FFmpeg's
 * `ffmpeg_demux`), and edit lists are applied there, too.
 */

const MICROSECONDS = 1e6;
/** Holes in the audio from this length on are filled: less is how coarsely some containers count. */
const MIN_HOLE_SECONDS = 0.02;

/** The time in the source's own clock that becomes 0, in seconds. It may be negative. */
export function getOrigin(input: Demuxer): number {
  // `Demuxer.startTime` hides times before 0.
  const { startTime } = input.getFormatContext();
  return startTime === AV_NOPTS_VALUE ? 0 : Number(startTime) / MICROSECONDS;
}

const seconds = (origin: number) => origin.toFixed(6);

/**
 * Moves pictures to the timeline. The first one is shown from 0 on, however late it comes: every rendition starts with a
 * picture, and players that move the first picture to 0 find it there. Frames that do not come later than the one before
 * are dropped; all others keep their times.
 */
export function getPictureTiming(origin: number): string {
  return `setpts='if(eq(N,0),0,PTS-(${seconds(origin)})/TB)',select='isnan(prev_selected_pts)+gt(pts,prev_selected_pts)'`;
}

/** Moves audio to the timeline, with silence before its start and in its holes. */
export function getAudioTiming(origin: number): string {
  return `asetpts='PTS-(${seconds(origin)})/TB',aresample=48000:async=1:first_pts=0:min_hard_comp=${MIN_HOLE_SECONDS}`;
}
