import { colorShares } from './colors.ts';
import { GRID, type Grid, getBrightness } from './motion.ts';
import type { TimeOfDay } from './observation.ts';
import type { Picture } from './picture.ts';

/** Share of the picture's height, from the top, where sky would be. */
const SKY_ROWS = 0.2;
/** Share of that band that must be blue, and how light the picture must be, for a day. */
const SKY_FRACTION = 0.6;
const DAYLIGHT = 0.35;
/** Mean luma below which it is dark. */
const DARK = 0.18;
/** Luma of a lamp's cell, and the fraction of cells that lamps cover at night: some, and not much. */
const LAMP = 0.7;
const LAMPS = { least: 0.001, most: 0.06 } as const;

function getLampFraction(grid: Grid): number {
  let lamps = 0;
  for (let cell = 0; cell < GRID * GRID; cell += 1) {
    const at = cell * 3;
    const luma = 0.2126 * (grid[at] ?? 0) + 0.7152 * (grid[at + 1] ?? 0) + 0.0722 * (grid[at + 2] ?? 0);
    if (luma / 255 > LAMP) lamps += 1;
  }
  return lamps / (GRID * GRID);
}

/** The time of day where it is plain: a blue sky above says day, lamps in the dark say night; null for all else. */
export function timeOfDayIn(picture: Picture, grid: Grid): TimeOfDay | null {
  const light = getBrightness(grid);
  const lamps = getLampFraction(grid);
  if (light < DARK) return lamps >= LAMPS.least && lamps <= LAMPS.most ? 'night' : null;
  if (light < DAYLIGHT) return null;
  const band = { left: 0, top: 0, right: picture.width, bottom: picture.height * SKY_ROWS };
  const blue = colorShares(picture, band)
    .filter(({ name }) => name === 'blue' || name === 'cyan')
    .reduce((sum, { share }) => sum + share, 0);
  return blue >= SKY_FRACTION ? 'day' : null;
}
