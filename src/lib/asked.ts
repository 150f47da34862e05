/**
 * State of a history entry whose search was started by a person in this page load. History entries outlive reloads and
 * restored tabs: a search in one of those must not run, and charge, again by itself.
 */
export const askedState = () => ({ asked: performance.timeOrigin });

export const wasAsked = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'asked' in state && state.asked === performance.timeOrigin;
