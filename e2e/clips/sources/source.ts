import { FF_ENCODER_MP2, FF_ENCODER_MPEG2VIDEO, FF_ENCODER_PCM_S16LE } from 'node-av/constants';
import type { PictureOptions, SoundOptions, SourceOptions } from './make-source.ts';

/** Where the mark that is drawn at each corner is to be seen, clockwise from the upper left. */
type Corners = 'RGBY' | 'BYRG' | 'YRGB' | 'GBYR' | 'GRYB' | 'YBGR' | 'RYBG' | 'BGRY';

/** What a player has to meet; what is left out is as in an ordinary source. */
export interface Expected {
  readonly size?: readonly [width: number, height: number];
  readonly frames?: number;
  readonly duration?: number;
  readonly flash?: number;
  /** Null where there is nothing to hear. */
  readonly beep?: number | null;
  readonly corners?: Corners;
  /** How far a color may be off (0..255): codecs differ in what they keep. */
  readonly colorTolerance?: number;
  readonly leftShare?: number;
  readonly warnings?: readonly RegExp[];
  /** Names of the audio tracks to choose from. */
  readonly audioTracks?: readonly string[];
  /** Text of each subtitle track. */
  readonly subtitles?: readonly RegExp[];
}

export interface Source extends SourceOptions {
  readonly title: string;
  readonly expected?: Expected;
}

export const FULL_RANGE = 'scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd,format=yuvj420p';

/** Pixels of a matrix, with color tags as `setparams` takes them. */
export const tagged = (matrix: 'bt601' | 'bt709', tags: string) =>
  `scale=out_color_matrix=${matrix}:out_range=tv:flags=accurate_rnd,format=yuv420p,setparams=${tags}`;

export const BT709 = tagged('bt709', 'colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv');

export const PCM: SoundOptions = { codec: FF_ENCODER_PCM_S16LE, format: 's16' };
export const MP2: SoundOptions = { codec: FF_ENCODER_MP2, format: 's16', options: { b: '192000' } };
export const MPEG2: PictureOptions = { codec: FF_ENCODER_MPEG2VIDEO, options: { b: '2000000' } };
