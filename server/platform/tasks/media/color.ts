import { avGetPixFmtName, type Stream } from 'node-av';
import type { AVPixelFormat } from 'node-av/constants';
import {
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants';

/** The one decision about color: everything becomes BT.709 in limited range, and says so. */

/** Untagged pictures of this height and more are BT.709, smaller ones BT.601: what browsers and televisions assume. */
const HD_HEIGHT = 720;
const TAGS = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

const isHdr = ({ codecpar: { colorTrc } }: Stream) =>
  colorTrc === AVCOL_TRC_SMPTE2084 || colorTrc === AVCOL_TRC_ARIB_STD_B67;

/**
 * Brings a picture of high dynamic range (PQ or HLG) to what every screen shows. Diffuse white is 203 nits
 * (ITU-R BT.2408). What the file leaves open is BT.2020, which comes with these transfers.
 */
function getToneMapping({ codecpar }: Stream): string[] {
  const assumed = [
    ...(codecpar.colorPrimaries === AVCOL_PRI_UNSPECIFIED ? ['color_primaries=bt2020'] : []),
    ...(codecpar.colorSpace === AVCOL_SPC_UNSPECIFIED ? ['colorspace=bt2020nc'] : []),
  ];
  return [
    ...(assumed.length > 0 ? [`setparams=${assumed.join(':')}`] : []),
    'zscale=transfer=linear:npl=203',
    'format=gbrpf32le',
    'zscale=primaries=bt709',
    'tonemap=mobius:desat=0',
    'zscale=transfer=bt709:matrix=bt709:range=tv',
    'format=yuv420p',
  ];
}

/** Of a video stream, whose format is one of pixels. */
const getFormatName = ({ codecpar }: Stream) => avGetPixFmtName(codecpar.format as AVPixelFormat) ?? '';
const isRgb = (stream: Stream) => /^(?:a?rgb|a?bgr|0rgb|0bgr|gbr|pal8|mono)/.test(getFormatName(stream));
const isFullRange = (stream: Stream) =>
  stream.codecpar.colorRange === AVCOL_RANGE_JPEG || getFormatName(stream).startsWith('yuvj');

/** Whether the matrix of a picture is BT.709, as it says or as its size suggests. */
function isBt709({ codecpar: { colorSpace, height } }: Stream): boolean {
  return colorSpace === AVCOL_SPC_UNSPECIFIED ? height >= HD_HEIGHT : colorSpace === AVCOL_SPC_BT709;
}

/**
 * Brings another matrix or full range to BT.709 in limited range. Not by the scaler: its usual conversion missed red,
 * green or blue by up to five of 255, and with `accurate_rnd` it took four times as long. Primaries and transfer are left
 * as they are.
 */
function getConversion(stream: Stream): string[] {
  const { colorSpace } = stream.codecpar;
  const matrix = isBt709(stream) ? 'bt709' : 'smpte170m';
  const known = [
    'color_primaries=bt709',
    'color_trc=bt709',
    // Any other matrix that is named is kept.
    ...(colorSpace === AVCOL_SPC_UNSPECIFIED || isBt709(stream) ? [`colorspace=${matrix}`] : []),
    ...(isFullRange(stream) ? ['range=pc'] : ['range=tv']),
  ];
  return [`setparams=${known.join(':')}`, 'zscale=matrix=709:range=limited'];
}

const SMPTE170M = 6;

/**
 * The matrix of a picture that can be shown as it is, in limited range, by its number (ITU-T H.273), as it says or as its size
 * suggests; null for one that has to be converted first.
 */
export function getPlainMatrix(stream: Stream): number | null {
  const { colorSpace } = stream.codecpar;
  if (isHdr(stream) || isRgb(stream) || isFullRange(stream)) return null;
  if (isBt709(stream)) return AVCOL_SPC_BT709;
  return colorSpace === AVCOL_SPC_UNSPECIFIED || colorSpace === SMPTE170M ? SMPTE170M : null;
}

/** Filters that scale a picture and bring its colors to `yuv420p` in BT.709; `flags` are the scaler's. */
export function getScaledColorFilters(
  stream: Stream,
  size: { width: number; height: number },
  flags: string,
): string[] {
  const scale = `scale=${size.width}:${size.height}:flags=${flags}`;
  if (isHdr(stream)) return [scale, ...getToneMapping(stream), TAGS];
  if (isRgb(stream)) return [`${scale}:out_color_matrix=bt709:out_range=tv`, 'format=yuv420p', TAGS];
  if (isBt709(stream) && !isFullRange(stream)) return [scale, 'format=yuv420p', TAGS];
  const range = isFullRange(stream) ? ':in_range=pc:out_range=pc' : '';
  return [
    `${scale}${range}`,
    `format=${isFullRange(stream) ? 'yuvj420p' : 'yuv420p'}`,
    ...getConversion(stream),
    'format=yuv420p',
    TAGS,
  ];
}
