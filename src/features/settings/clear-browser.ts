import { forgetEverything } from '#shared/browser-data/forget-everything.ts';
import { announceSignOut } from '#shared/platform/session-store.ts';

/** Forgets all that the studio stores in this browser, in every tab, and starts the page anew at `path`. */
export async function clearBrowser(path = window.location.pathname): Promise<void> {
  await forgetEverything();
  announceSignOut();
  // A new page load: nothing that was in memory is left either.
  window.location.replace(path);
}
