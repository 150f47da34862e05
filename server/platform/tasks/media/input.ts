import { Demuxer, Log, type Stream } from 'node-av';
import { AV_LOG_FATAL } from 'node-av/constants';
import { UnreadableMediaError } from '../protocol.ts';

/**
 * Containers that hold a video by themselves. Left out on purpose: everything that points elsewhere (HLS and DASH
 * playlists, concat scripts, image sequences, SDP), so that an uploaded file can never make us open another one.
 */
const FORMATS =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf,gif,h264,hevc,m4v,ivf,nut,dv,wtv,rm,y4m,yuv4mpegpipe,webp_anim,apng';

// What FFmpeg complains about on the way is said once, as the task's error.
Log.setLevel(AV_LOG_FATAL);

const UNREADABLE = 'This file is not a video that can be read.';

/** Opens a local file with no way out of it: no network, no playlists. Throws `UnreadableMediaError` with a sentence. */
export async function openInput(path: string): Promise<Demuxer> {
  try {
    return await Demuxer.open(path, {
      options: { protocol_whitelist: 'file', format_whitelist: FORMATS },
    });
  } catch (cause) {
    throw new UnreadableMediaError(UNREADABLE, { cause });
  }
}

/** The moving picture of one of our own files, which have one. */
export function videoStream(input: Demuxer): Stream {
  const stream = input.video();
  if (!stream) throw new UnreadableMediaError(UNREADABLE);
  return stream;
}

const toRate = ({ num, den }: { num: number; den: number }) => (den > 0 ? num / den : 0);
const MAX_SANE_RATE = 240;
const DEFAULT_RATE = 25;

/** Average frames per second, where the file tells a sane number; else 25. */
export function getAverageRate(stream: Stream): number {
  const rate = toRate(stream.avgFrameRate);
  return rate > 0 && rate <= MAX_SANE_RATE ? rate : DEFAULT_RATE;
}

/** Frames per second where they come fastest: above the average where the rate varies. */
export function getPeakRate(stream: Stream): number {
  const peak = toRate(stream.rFrameRate);
  return Math.max(getAverageRate(stream), peak <= MAX_SANE_RATE ? peak : 0);
}
