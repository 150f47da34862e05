import { GRID } from './motion.ts';
import type { ColorShare } from './observation.ts';
import type { Picture } from './picture.ts';

/** Basic color words (Berlin and Kay's, without the ones that screens rarely show). */
export const COLOR_NAMES = [
  'black',
  'gray',
  'white',
  'red',
  'orange',
  'brown',
  'yellow',
  'green',
  'cyan',
  'blue',
  'purple',
  'pink',
] as const;
export type ColorName = (typeof COLOR_NAMES)[number];

function hueName(hue: number, saturation: number, value: number): ColorName {
  if (hue < 18 || hue >= 345) return value > 0.7 && saturation < 0.38 ? 'pink' : 'red';
  if (hue < 45) return value < 0.65 || saturation < 0.55 ? 'brown' : 'orange';
  if (hue < 68) return value < 0.4 ? 'brown' : 'yellow';
  if (hue < 165) return 'green';
  if (hue < 195) return 'cyan';
  if (hue < 262) return 'blue';
  return hue < 315 ? 'purple' : 'pink';
}

/** The basic color word for an 8-bit RGB value. */
export function getName(red: number, green: number, blue: number): ColorName {
  const value = Math.max(red, green, blue) / 255;
  const low = Math.min(red, green, blue) / 255;
  const chroma = value - low;
  const saturation = value > 0 ? chroma / value : 0;
  if (value < 0.16) return 'black';
  if (saturation < 0.18 || chroma < 0.08) return value > 0.78 ? 'white' : value < 0.24 ? 'black' : 'gray';
  const [r, g, b] = [red / 255, green / 255, blue / 255];
  const sector = value === r ? ((g - b) / chroma) % 6 : value === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return hueName((sector * 60 + 360) % 360, saturation, value);
}

export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * How much of a region each basic color covers, most first. Every second pixel of every second row is read, with a mask
 * only those in the marked cells of the motion grid.
 */
export function colorShares(picture: Picture, region?: Region, mask: Uint8Array | null = null): ColorShare[] {
  const left = Math.max(0, Math.floor(region?.left ?? 0));
  const top = Math.max(0, Math.floor(region?.top ?? 0));
  const right = Math.min(picture.width, Math.ceil(region?.right ?? picture.width));
  const bottom = Math.min(picture.height, Math.ceil(region?.bottom ?? picture.height));
  const counts = new Map<string, number>();
  let total = 0;
  for (let y = top; y < bottom; y += 2) {
    const row = Math.floor((y * GRID) / picture.height) * GRID;
    for (let x = left; x < right; x += 2) {
      if (mask && !mask[row + Math.floor((x * GRID) / picture.width)]) continue;
      const at = (y * picture.width + x) * 3;
      const name = getName(picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      total += 1;
    }
  }
  return [...counts]
    .map(([name, count]) => ({ name, share: count / Math.max(1, total) }))
    .sort((a, b) => b.share - a.share);
}

/** A pale part of something red looks pink; what is pink all over has little red. */
const REDDENS = 1 / 3;

/** Shares of a thing's surface, with what its red parts explain counted as red. */
function surfaceShares(shares: readonly ColorShare[]): ColorShare[] {
  const getShare = (name: ColorName) => shares.find((other) => other.name === name)?.share ?? 0;
  const [red, pink] = [getShare('red'), getShare('pink')];
  if (red === 0 || red < pink * REDDENS) return [...shares];
  return [...shares.filter(({ name }) => name !== 'red' && name !== 'pink'), { name: 'red', share: red + pink }];
}

const NEUTRAL = new Set(['black', 'gray', 'white']);
/** Share of a thing's middle from which a color is its color; glass, tires and shadows make more of it dark and gray. */
const MIN_FRACTION = 0.25;
const MIN_DARK_FRACTION = 0.5;
/** How far around a box its surroundings reach, as a fraction of its sides. */
const SURROUNDINGS = 0.25;

function resize({ left, top, right, bottom }: Region, fraction: number): Region {
  const [x, y] = [(right - left) * fraction, (bottom - top) * fraction];
  return { left: left - x, right: right + x, top: top - y, bottom: bottom + y };
}

/**
 * The color a person would give a thing: a vivid color that covers a fair part of its middle, else its main one.
 * Glass, tires and shadows are dark on things of any color, so dark and gray count for less. Of what moves only the
 * cells that differ from the background are read: the rest of its box is road. What stands still and is as gray as its
 * surroundings may be of glass, and has no color.
 */
export function colorOfThing(picture: Picture, box: Region, foreground: Uint8Array | null = null): string | null {
  const weighed = surfaceShares(colorShares(picture, resize(box, -0.2), foreground)).map(({ name, share }) => {
    const weight = name === 'white' ? 1.2 : name === 'black' ? 0.6 : NEUTRAL.has(name) ? 0.7 : 1.4;
    return { name, share, weight: share * weight };
  });
  const [best] = weighed.sort((a, b) => b.weight - a.weight);
  if (!best) return null;
  const isDark = best.name === 'black' || best.name === 'gray';
  if (best.share <= (isDark ? MIN_DARK_FRACTION : MIN_FRACTION)) return null;
  if (best.name === 'gray' && !foreground) {
    const [around] = colorShares(picture, resize(box, SURROUNDINGS));
    if (around?.name === 'gray') return null;
  }
  return best.name;
}
