import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';

/** How long a list leaves a person alone who has moved it. */
const HANDS_OFF_MS = 4_000;

/**
 * Keeps the row under the playhead in view, unless the list was moved a moment ago or is written in. Returns what has to be
 * called when a person moves it.
 */
export function useFollowPlayhead(
  list: RefObject<HTMLDivElement | null>,
  rows: Virtualizer<HTMLDivElement, Element>,
  current: number,
): () => void {
  const touched = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const isLeftAlone = performance.now() - touched.current > HANDS_OFF_MS;
    const isWritten = Boolean(list.current?.querySelector('textarea:focus'));
    if (current >= 0 && isLeftAlone && !isWritten) rows.scrollToIndex(current, { align: 'auto' });
  }, [list, rows, current]);
  return () => {
    touched.current = performance.now();
  };
}
