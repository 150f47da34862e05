import type { Stream } from 'node-av';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';

/** The one decision about shape: how a picture is turned, mirrored and stretched to be seen as it was meant. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Shapes of pixels beyond this are errors in the file. */
const MAX_PIXEL_ASPECT = 10;
/** Numbers in a display matrix: nine of 32 bits. */
const MATRIX_BYTES = 36;

/** The first two rows of the display matrix; null when there is none. */
function getMatrix(stream: Stream): { a: number; b: number; c: number; d: number } | null {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix || matrix.length < MATRIX_BYTES) return null;
  const at = (index: number) => matrix.readInt32LE(index * 4);
  return { a: at(0), b: at(1), c: at(3), d: at(4) };
}

/** Degrees clockwise that the picture is turned by, as a matrix says: 0, 90, 180 or 270. */
export function getRotation(stream: Stream): number {
  const matrix = getMatrix(stream);
  if (!matrix) return 0;
  const clockwise = Math.round((Math.atan2(matrix.b, matrix.a) * 180) / Math.PI / 90) * 90;
  return ((clockwise % 360) + 360) % 360;
}

/** Filters that turn and mirror a picture as its matrix says, in the cases that `fftools/ffmpeg_filter` tells apart. */
export function getOrientationFilters(stream: Stream): string[] {
  const matrix = getMatrix(stream);
  if (!matrix) return [];
  const { a, c, d } = matrix;
  switch (getRotation(stream)) {
    case 90:
      return [`transpose=${c > 0 ? 'cclock_flip' : 'clock'}`];
    case 180:
      return [...(a < 0 ? ['hflip'] : []), ...(d < 0 ? ['vflip'] : [])];
    case 270:
      return [`transpose=${c < 0 ? 'clock_flip' : 'cclock'}`];
    default:
      return d < 0 ? ['vflip'] : [];
  }
}

/** Width of a pixel over its height; 1 where the file says nothing, or nothing sane. */
function getPixelAspect(stream: Stream): number {
  for (const { num, den } of [stream.sampleAspectRatio, stream.codecpar.sampleAspectRatio]) {
    const aspect = den > 0 ? num / den : 0;
    if (aspect > 1 / MAX_PIXEL_ASPECT && aspect < MAX_PIXEL_ASPECT) return aspect;
  }
  return 1;
}

/** The size at which a picture is meant to be seen: upright, with square pixels. */
export function getDisplaySize(stream: Stream): Size {
  const { width, height } = stream.codecpar;
  const wide = { width: Math.max(1, Math.round(width * getPixelAspect(stream))), height };
  return getRotation(stream) % 180 === 0 ? wide : { width: wide.height, height: wide.width };
}

/** The largest even size of the same shape that fits into a box and is not larger than the source. */
export function fitInto(source: Size, box: Size): Size {
  const scale = Math.min(1, box.width / source.width, box.height / source.height);
  const even = (value: number) => Math.max(2, Math.floor(value / 2) * 2);
  return { width: even(source.width * scale), height: even(source.height * scale) };
}
