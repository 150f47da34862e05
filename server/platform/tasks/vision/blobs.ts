import type { Candidate } from './confirm-objects.ts';
import { type Detected, heatCell } from './detector.ts';
import { COCO_LABELS, MOVER_CLASSES } from './labels.ts';
import { type Foreground, GRID } from './motion.ts';
import { HEAT_SIDE, letterboxOffset, type Picture } from './picture.ts';

/** A connected region of foreground, in picture pixels, with its cells on the motion grid. */
export interface Blob {
  readonly cells: readonly number[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Smaller regions are leaves, shadows and noise. */
const MIN_CELLS = 10;

/** The connected regions of a foreground mask, largest first. Cells that touch at a corner belong together. */
export function findBlobs(foreground: Foreground, picture: Picture): Blob[] {
  const { mask } = foreground;
  const seen = new Uint8Array(mask.length);
  const blobs: Blob[] = [];
  for (let first = 0; first < mask.length; first += 1) {
    if (!mask[first] || seen[first]) continue;
    const cells = [first];
    seen[first] = 1;
    for (let next = 0; next < cells.length; next += 1) {
      const cell = cells[next] ?? 0;
      const [x, y] = [cell % GRID, Math.floor(cell / GRID)];
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          const [nx, ny] = [x + dx, y + dy];
          const neighbor = ny * GRID + nx;
          if (nx < 0 || ny < 0 || nx >= GRID || ny >= GRID || seen[neighbor] || !mask[neighbor]) continue;
          seen[neighbor] = 1;
          cells.push(neighbor);
        }
      }
    }
    if (cells.length >= MIN_CELLS) blobs.push(boxed(cells, picture));
  }
  return blobs.sort((a, b) => b.cells.length - a.cells.length);
}

function boxed(cells: readonly number[], picture: Picture): Blob {
  const columns = cells.map((cell) => cell % GRID);
  const rows = cells.map((cell) => Math.floor(cell / GRID));
  const [stepX, stepY] = [picture.width / GRID, picture.height / GRID];
  return {
    cells,
    left: Math.min(...columns) * stepX,
    right: (Math.max(...columns) + 1) * stepX,
    top: Math.min(...rows) * stepY,
    bottom: (Math.max(...rows) + 1) * stepY,
  };
}

/** Which things that move by themselves a blob looks like, from the class heat under its cells, the likeliest first. */
export function findMovers(blob: Blob, detected: Detected, picture: Picture): Candidate[] {
  const offset = letterboxOffset(picture);
  const movers = MOVER_CLASSES.map((category) => {
    let score = 0;
    for (const cell of blob.cells) {
      const x = heatCell(((cell % GRID) + 0.5) * (picture.width / GRID) + offset.x);
      const y = heatCell((Math.floor(cell / GRID) + 0.5) * (picture.height / GRID) + offset.y);
      score = Math.max(score, detected.heat[(y * HEAT_SIDE + x) * COCO_LABELS.length + category] ?? 0);
    }
    return { label: COCO_LABELS[category] ?? '', score };
  });
  return movers.sort((a, b) => b.score - a.score);
}
