import type { Picture } from './picture.ts';

/** Motion is read on a coarse grid of mean colors: noise and compression blocks vanish, things that move stay. */
export const GRID = 64;
const CHANNELS = 3;
/** Sum of the three channels' differences (0..765) above which a cell counts as foreground. */
const FOREGROUND = 66;
/** Above this fraction of changed cells the camera itself moves, and there is no background to speak of. */
const CAMERA_FRACTION = 0.45;

export type Grid = Float32Array;

/** Mean color of each of GRID x GRID cells over the picture. */
export function toGrid(picture: Picture): Grid {
  const grid = new Float32Array(GRID * GRID * CHANNELS);
  const counts = new Float32Array(GRID * GRID);
  for (let y = 0; y < picture.height; y += 2) {
    const row = Math.floor((y * GRID) / picture.height) * GRID;
    for (let x = 0; x < picture.width; x += 2) {
      const cell = row + Math.floor((x * GRID) / picture.width);
      const at = (y * picture.width + x) * CHANNELS;
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        const index = cell * CHANNELS + channel;
        grid[index] = (grid[index] ?? 0) + (picture.data[at + channel] ?? 0);
      }
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  for (let index = 0; index < grid.length; index += 1) {
    grid[index] = (grid[index] ?? 0) / Math.max(1, counts[Math.floor(index / CHANNELS)] ?? 1);
  }
  return grid;
}

function getMedian(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}

/** The picture behind what moves: the median of each cell over several grids. */
export function getBackground(grids: readonly Grid[]): Grid {
  const background = new Float32Array(GRID * GRID * CHANNELS);
  for (let index = 0; index < background.length; index += 1) {
    background[index] = getMedian(grids.map((grid) => grid[index] ?? 0));
  }
  return background;
}

export interface Foreground {
  /** 1 where a cell differs from the background. */
  readonly mask: Uint8Array;
  /** Of the cells that differ, 0 to 1. */
  readonly fraction: number;
  /** The whole picture changed: no cell can be told from the background. */
  readonly cameraMoves: boolean;
}

/** Which cells stand out from the background; a shift of the whole picture's brightness (auto exposure) is taken out first. */
export function findForeground(grid: Grid, background: Grid): Foreground {
  const shift = Array.from({ length: CHANNELS }, (_, channel) => {
    const differences: number[] = [];
    for (let at = channel; at < grid.length; at += CHANNELS * 4)
      differences.push((grid[at] ?? 0) - (background[at] ?? 0));
    return getMedian(differences);
  });
  const mask = new Uint8Array(GRID * GRID);
  let count = 0;
  for (let cell = 0; cell < mask.length; cell += 1) {
    let difference = 0;
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const at = cell * CHANNELS + channel;
      difference += Math.abs((grid[at] ?? 0) - (background[at] ?? 0) - (shift[channel] ?? 0));
    }
    if (difference > FOREGROUND) {
      mask[cell] = 1;
      count += 1;
    }
  }
  const fraction = count / mask.length;
  return { mask, fraction, cameraMoves: fraction > CAMERA_FRACTION };
}

/** Mean change between neighbors, 0..1: how busy the surface is. */
export function getTexture(grid: Grid): number {
  let sum = 0;
  for (let cell = 0; cell + 1 < GRID * GRID; cell += 1) {
    if ((cell + 1) % GRID === 0) continue;
    sum += Math.abs((grid[cell * CHANNELS + 1] ?? 0) - (grid[(cell + 1) * CHANNELS + 1] ?? 0));
  }
  return Math.min(1, sum / (GRID * (GRID - 1)) / 40);
}

/** Mean luma of a grid, 0..1. */
export function getBrightness(grid: Grid): number {
  let sum = 0;
  for (let at = 0; at < grid.length; at += CHANNELS) {
    sum += 0.2126 * (grid[at] ?? 0) + 0.7152 * (grid[at + 1] ?? 0) + 0.0722 * (grid[at + 2] ?? 0);
  }
  return sum / (grid.length / CHANNELS) / 255;
}
