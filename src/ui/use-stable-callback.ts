import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * A function that stays the same while its component is shown, and calls the newest `callback`: for many rows that are drawn
 * again only when they change. Not to be called while drawing.
 */
export function useStableCallback<Args extends readonly unknown[]>(
  callback: (...args: Args) => void,
): (...args: Args) => void {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
