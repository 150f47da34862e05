import { FORMATS } from './formats.ts';
import { COLOR, FIELDS, GEOMETRY } from './pictures.ts';
import { DAMAGE, SOUND, SUBTITLES } from './sound.ts';
import type { Source } from './source.ts';
import { TIMELINE } from './timeline.ts';

/** Sources as the world makes them, one peculiarity each, and what a player has to meet of them. */
export const SOURCES: readonly Source[] = [
  ...FORMATS,
  ...TIMELINE,
  ...GEOMETRY,
  ...FIELDS,
  ...COLOR,
  ...SOUND,
  ...SUBTITLES,
  ...DAMAGE,
];
