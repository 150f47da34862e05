/** A rectangle in pixels, measured from the grid's own top left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How a grid lays its tiles out, in pixels. A row is as high as a tile and the space below it. */
export interface GridLayout {
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly rowHeight: number;
  readonly gap: number;
}

/** The box between two corners, whichever way it was drawn. */
export const boxBetween = (a: { x: number; y: number }, b: { x: number; y: number }): Box => ({
  left: Math.min(a.x, b.x),
  top: Math.min(a.y, b.y),
  right: Math.max(a.x, b.x),
  bottom: Math.max(a.y, b.y),
});

/** The places (0, 1, 2 … in reading order) of the tiles that a box touches, among the first `count`. */
export function tilesIn(box: Box, layout: GridLayout, count: number): number[] {
  const { columns, tileWidth, tileHeight, rowHeight, gap } = layout;
  const touched: number[] = [];
  const firstRow = Math.max(0, Math.floor(box.top / rowHeight));
  const lastRow = Math.min(Math.ceil(count / columns) - 1, Math.floor(box.bottom / rowHeight));
  for (let row = firstRow; row <= lastRow; row += 1) {
    if (box.top > row * rowHeight + tileHeight) continue;
    for (let column = 0; column < columns; column += 1) {
      const left = column * (tileWidth + gap);
      const index = row * columns + column;
      if (index < count && box.left <= left + tileWidth && box.right >= left) touched.push(index);
    }
  }
  return touched;
}
