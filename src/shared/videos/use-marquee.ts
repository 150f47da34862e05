import { type PointerEvent, type RefObject, useState } from 'react';
import type { SelectionControls } from './use-selection.ts';

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

/** Distance from the edge of the window within which the page scrolls, and by how much. */
const SCROLL_EDGE_PX = 48;
const SCROLL_STEP_PX = 24;
/** A smaller drag is a click. */
const MIN_DRAG_PX = 4;

interface Marquee {
  readonly layout: GridLayout;
  readonly ids: readonly string[];
  readonly controls: SelectionControls;
}

/** Drawing a box over the ground of a grid chooses the tiles that it touches; with ctrl/cmd or shift it adds them. */
export function useMarquee(container: RefObject<HTMLElement | null>, { layout, ids, controls }: Marquee) {
  const [box, setBox] = useState<Box | null>(null);

  const onPointerDown = (event: PointerEvent) => {
    const ground = container.current;
    const onTile = event.target instanceof Element && event.target.closest('[data-id]');
    if (!ground || onTile || event.button !== 0 || event.pointerType !== 'mouse') return;
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    const before = adding ? controls.chosen : [];
    const pointIn = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
      const { left, top } = ground.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top };
    };
    const start = pointIn(event);
    let drawn = false;
    let first: string | undefined;
    const move = (moved: globalThis.PointerEvent) => {
      const drawing = boxBetween(start, pointIn(moved));
      drawn ||= drawing.right - drawing.left > MIN_DRAG_PX || drawing.bottom - drawing.top > MIN_DRAG_PX;
      if (!drawn) return;
      setBox(drawing);
      const touched = tilesIn(drawing, layout, ids.length).flatMap((index) => ids[index] ?? []);
      first = touched[0];
      controls.choose([...before, ...touched]);
      if (moved.clientY > window.innerHeight - SCROLL_EDGE_PX) window.scrollBy(0, SCROLL_STEP_PX);
      if (moved.clientY < SCROLL_EDGE_PX) window.scrollBy(0, -SCROLL_STEP_PX);
    };
    const end = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      setBox(null);
      // A press on the ground chooses nothing, as on a desktop.
      if (!drawn && !adding) controls.clear();
      // The keyboard goes on from what was chosen.
      if (first) ground.querySelector<HTMLElement>(`[data-id="${CSS.escape(first)}"]`)?.focus({ preventScroll: true });
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
  };
  return { box, onPointerDown };
}
