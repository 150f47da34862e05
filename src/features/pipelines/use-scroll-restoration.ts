import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Keeps what is being looked at under the eyes when rows come or go above it (new uploads stand at the top). `rowHeight`
 * is in pixels.
 */
export function useScrollRestoration(
  ids: readonly string[],
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
): void {
  const before = useRef<readonly string[]>(ids);
  useLayoutEffect(() => {
    const known = before.current;
    before.current = ids;
    const top = list.current?.offsetTop ?? 0;
    const firstInView = Math.floor((window.scrollY - top) / rowHeight);
    const anchor = firstInView > 0 ? known[firstInView] : undefined;
    if (anchor === undefined || ids[firstInView] === anchor) return;
    const now = ids.indexOf(anchor);
    if (now >= 0) window.scrollBy({ top: (now - firstInView) * rowHeight, behavior: 'instant' });
  });
}
