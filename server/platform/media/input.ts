import { Demuxer, Log, type Stream } from 'node-av';
import {
  AV_LOG_FATAL,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants';
import { UnreadableMediaError } from '../tasks/protocol.ts';

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

/** The moving picture of a file; cover art does not count. */
export function videoStream(input: Demuxer): Stream {
  const stream = input.video();
  if (!stream || stream.codecpar.width <= 0 || stream.codecpar.height <= 0) {
    throw new UnreadableMediaError('This file has no picture: only files with a video track can be processed.');
  }
  return stream;
}

/** Frames a second: the average where it is sane, else 25. Never above 60. */
export function frameRateOf(stream: Stream): number {
  const { num, den } = stream.avgFrameRate;
  const rate = den > 0 ? num / den : 0;
  return rate >= 1 && rate <= 240 ? Math.min(60, rate) : 25;
}

/** Degrees clockwise that the picture must be turned, from the display matrix: 0, 90, 180 or 270. */
export function rotationOf(stream: Stream): number {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < 36) return 0;
  const a = matrix.readInt32LE(0);
  const b = matrix.readInt32LE(4);
  const clockwise = Math.round((Math.atan2(b, a) * 180) / Math.PI / 90) * 90;
  return ((clockwise % 360) + 360) % 360;
}

/**
 * The filter that brings a picture of high dynamic range (PQ or HLG) to what every screen shows, with a comma behind it;
 * empty for all others. Diffuse white is 203 nits (ITU-R BT.2408).
 */
export function toneMapFilter(stream: Stream): string {
  const transfer = stream.codecpar.colorTrc;
  if (transfer !== AVCOL_TRC_SMPTE2084 && transfer !== AVCOL_TRC_ARIB_STD_B67) return '';
  return 'zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=bt709,tonemap=mobius:desat=0,zscale=transfer=bt709:matrix=bt709:range=tv,';
}

/** The filter that turns the picture upright, with a comma behind it; empty when it already is. */
export function uprightFilter(rotation: number): string {
  if (rotation === 90) return 'transpose=clock,';
  if (rotation === 180) return 'hflip,vflip,';
  return rotation === 270 ? 'transpose=cclock,' : '';
}
