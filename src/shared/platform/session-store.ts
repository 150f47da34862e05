/** Tells the tabs of this browser when the session ends. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('studio-session');

export const announceSignOut = (): void => channel?.postMessage('signed-out');

/** Calls `listener` when another tab has signed out; returns the function that ends that. */
export function onSignOut(listener: () => void): () => void {
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}
