import type { Stream } from 'node-av';
import { getScaledColorFilters } from './color.ts';
import { getFieldFilters } from './fields.ts';
import { getOrientationFilters, type Size } from './picture-geometry.ts';

export interface PictureOptions {
  readonly path: string;
  readonly size: Size;
  /** The scaler's flags. */
  readonly flags: string;
  readonly fields: 'send_field' | 'send_frame';
  /** Filters for the frames as they are decoded, before all others. */
  readonly before?: readonly string[];
  /** Filters for whole frames, before they are turned and scaled. */
  readonly between?: readonly string[];
}

/**
 * Filters that bring a source's frames to the picture that people see: whole frames, upright, with square pixels, at
 * `size`, as `yuv420p` in BT.709. Everything that decodes sources goes through this.
 */
export async function getPictureFilters(stream: Stream, options: PictureOptions): Promise<string> {
  const { path, size, flags, fields, before = [], between = [] } = options;
  return [
    ...before,
    ...(await getFieldFilters(path, stream, fields)),
    ...between,
    ...getOrientationFilters(stream),
    ...getScaledColorFilters(stream, size, flags),
    'setsar=1',
  ].join(',');
}
