/** An error of the stream that stops playback, as hls.js or the browser reports it. */
export interface PlaybackError {
  readonly kind: 'network' | 'media' | 'other';
  /** True when the manifest itself could not be loaded, so that there is nothing to resume. */
  readonly isManifestError: boolean;
  /** HTTP status of the response; null when there was none. */
  readonly httpStatus: number | null;
}

export type RecoveryAction =
  | { readonly type: 'reload-manifest' | 'resume-loading'; readonly delayMs: number }
  | { readonly type: 'recover-media' | 'swap-audio-codec' | 'reopen' }
  | { readonly type: 'give-up'; readonly message: string };

const MIN_DELAY_MS = 400;
const MAX_DELAY_MS = 4_000;
/** About half a minute, in addition to the retries that hls.js makes by itself. */
const MAX_NETWORK_RETRIES = 10;
/** Media errors closer together than this belong to one failure. */
const MEDIA_ERROR_WINDOW_MS = 5_000;

const giveUp = (message: string): RecoveryAction => ({ type: 'give-up', message });

/**
 * Chooses how to recover from playback errors: network errors are retried with growing delays; media errors are recovered,
 * then recovered with another audio codec, then met by reopening the stream. Only after that is the error shown.
 */
export class ErrorRecovery {
  #networkRetries = 0;
  #mediaErrors = 0;
  #lastMediaErrorAt = Number.NEGATIVE_INFINITY;

  /** Call when the stream plays again. */
  reset(): void {
    this.#networkRetries = 0;
  }

  /** The next action for an error. `now` is in milliseconds. */
  next({ kind, isManifestError, httpStatus }: PlaybackError, now: number): RecoveryAction {
    if (kind === 'network') {
      if (httpStatus === 404 || httpStatus === 410) return giveUp('This video no longer exists.');
      if (httpStatus === 401 || httpStatus === 403) return giveUp('The studio is not allowed to play this video.');
      if (this.#networkRetries >= MAX_NETWORK_RETRIES) {
        return giveUp('The video could not be loaded. Check the connection, then retry.');
      }
      const delayMs = Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** this.#networkRetries);
      this.#networkRetries += 1;
      return { type: isManifestError ? 'reload-manifest' : 'resume-loading', delayMs };
    }
    if (now - this.#lastMediaErrorAt > MEDIA_ERROR_WINDOW_MS) this.#mediaErrors = 0;
    this.#lastMediaErrorAt = now;
    this.#mediaErrors += 1;
    const actions =
      kind === 'media' ? (['recover-media', 'swap-audio-codec', 'reopen'] as const) : (['reopen'] as const);
    const type = actions[this.#mediaErrors - 1];
    return type ? { type } : giveUp('This video cannot be decoded by this browser.');
  }
}
