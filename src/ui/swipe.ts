import { type TouchEvent, useRef } from 'react';

const MIN_PIXELS = 48;
const MAX_MS = 600;

interface Touched {
  readonly x: number;
  readonly y: number;
  readonly time: number;
}

/** The direction of a quick horizontal move of a finger: 1 to the left, as to the next page; null for any other move. */
export function getSwipe(from: Touched, to: Touched): 1 | -1 | null {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const isSwipe = Math.abs(x) >= MIN_PIXELS && Math.abs(x) > 2 * Math.abs(y) && to.time - from.time <= MAX_MS;
  if (!isSwipe) return null;
  return x < 0 ? 1 : -1;
}

const toTouched = ({ changedTouches, timeStamp }: TouchEvent): Touched | null => {
  const touch = changedTouches[0];
  return touch ? { x: touch.clientX, y: touch.clientY, time: timeStamp } : null;
};

/** Touch handlers of an element that can be swiped; it needs `touch-action: pan-y`. */
export function useSwipe(onSwipe: ((direction: 1 | -1) => void) | undefined) {
  const start = useRef<Touched | null>(null);
  if (!onSwipe) return {};
  return {
    onTouchStart: (event: TouchEvent) => {
      // Two fingers zoom.
      start.current = event.touches.length === 1 ? toTouched(event) : null;
    },
    onTouchEnd: (event: TouchEvent) => {
      const end = toTouched(event);
      const direction = start.current && end ? getSwipe(start.current, end) : null;
      start.current = null;
      if (direction === null) return;
      // Otherwise the browser makes a click of it, where it has not begun to scroll.
      if (event.cancelable) event.preventDefault();
      onSwipe(direction);
    },
  };
}
