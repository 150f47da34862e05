import { type PointerEvent, type RefObject, useState } from 'react';
import { type Box, boxBetween, type GridLayout, tilesIn } from './marquee.ts';
import type { SelectionControls } from './use-selection.ts';

/** Pixels from the window's edge within which the page scrolls along, and by how much. */
const EDGE = 48;
const SCROLL_STEP = 24;
/** A press that moves less than this is a press. */
const SLACK = 4;

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
      drawn ||= drawing.right - drawing.left > SLACK || drawing.bottom - drawing.top > SLACK;
      if (!drawn) return;
      setBox(drawing);
      const touched = tilesIn(drawing, layout, ids.length).flatMap((index) => ids[index] ?? []);
      first = touched[0];
      controls.choose([...before, ...touched]);
      if (moved.clientY > window.innerHeight - EDGE) window.scrollBy(0, SCROLL_STEP);
      if (moved.clientY < EDGE) window.scrollBy(0, -SCROLL_STEP);
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
