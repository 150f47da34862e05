import type { Picture } from '../picture.ts';

/** Cells of 8 x 8 pixels: how bright each is, and how much contrast there is in it. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly brightness: Float32Array;
  /** Mean difference of neighboring pixels in a row: high where text is. */
  readonly contrast: Float32Array;
}

const SIDE = 8;
/** Differences (of 255) from which a cell has changed; noise and compression stay below. */
const BRIGHTNESS_CHANGE = 10;
const CONTRAST_CHANGE = 6;

export function toCells({ data, width, height }: Picture): Cells {
  const columns = Math.floor(width / SIDE);
  const rows = Math.floor(height / SIDE);
  const brightness = new Float32Array(columns * rows);
  const contrast = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      let differences = 0;
      for (let y = row * SIDE; y < (row + 1) * SIDE; y += 1) {
        let previous = -1;
        for (let x = column * SIDE; x < (column + 1) * SIDE; x += 1) {
          // Green is most of what is seen as brightness.
          const value = data[(y * width + x) * 3 + 1] ?? 0;
          sum += value;
          if (previous >= 0) differences += Math.abs(value - previous);
          previous = value;
        }
      }
      brightness[row * columns + column] = sum / (SIDE * SIDE);
      contrast[row * columns + column] = differences / ((SIDE - 1) * SIDE);
    }
  }
  return { columns, rows, brightness, contrast };
}

/** Whether a cell differs between two pictures of one size. */
export const hasChanged = (a: Cells, b: Cells, cell: number): boolean =>
  Math.abs((a.brightness[cell] ?? 0) - (b.brightness[cell] ?? 0)) > BRIGHTNESS_CHANGE ||
  Math.abs((a.contrast[cell] ?? 0) - (b.contrast[cell] ?? 0)) > CONTRAST_CHANGE;

/** The cells that a box covers (left, top, right, bottom as fractions of the picture). */
export function cellsIn({ columns, rows }: Cells, box: readonly number[]): number[] {
  const [left = 0, top = 0, right = 0, bottom = 0] = box;
  const cells: number[] = [];
  for (let row = Math.floor(top * rows); row < Math.min(rows, Math.ceil(bottom * rows)); row += 1) {
    for (let column = Math.floor(left * columns); column < Math.min(columns, Math.ceil(right * columns)); column += 1) {
      cells.push(row * columns + column);
    }
  }
  return cells;
}
