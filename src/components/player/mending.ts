/** What broke, as hls.js tells it. */
export interface Breakage {
  readonly kind: 'network' | 'media' | 'other';
  /** True when the manifest itself could not be had, so that there is nothing to go on with. */
  readonly manifest: boolean;
  /** The status of the answer, where there was one. */
  readonly httpStatus: number | null;
}

export type Remedy =
  | { readonly act: 'load-again' | 'go-on'; readonly afterMs: number }
  | { readonly act: 'recover-media' | 'swap-audio' | 'open-again' }
  | { readonly act: 'give-up'; readonly sentence: string };

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 4_000;
/** About half a minute of trying, on top of the tries that hls.js makes on its own. */
const NETWORK_TRIES = 10;
/** Media errors that follow each other faster than this belong together. */
const MEDIA_CALM_MS = 5_000;

const giveUp = (sentence: string): Remedy => ({ act: 'give-up', sentence });

/**
 * Decides what to do about a stream that broke: network errors are tried again, more and more slowly; media errors are
 * recovered, then recovered with another audio codec, then met with a fresh start. Only then does the viewer hear of it.
 */
export class Mending {
  #networkTries = 0;
  #mediaTries = 0;
  #lastMediaAt = Number.NEGATIVE_INFINITY;

  /** To be told when the stream is fine again. */
  calm(): void {
    this.#networkTries = 0;
  }

  remedy({ kind, manifest, httpStatus }: Breakage, now: number): Remedy {
    if (kind === 'network') {
      if (httpStatus === 404 || httpStatus === 410) return giveUp('This video is not there any more.');
      if (httpStatus === 401 || httpStatus === 403) return giveUp('The studio is not allowed to play this video.');
      if (this.#networkTries >= NETWORK_TRIES) {
        return giveUp('The video cannot be reached. Check the connection, then try again.');
      }
      const afterMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#networkTries);
      this.#networkTries += 1;
      return { act: manifest ? 'load-again' : 'go-on', afterMs };
    }
    if (now - this.#lastMediaAt > MEDIA_CALM_MS) this.#mediaTries = 0;
    this.#lastMediaAt = now;
    this.#mediaTries += 1;
    const steps =
      kind === 'media' ? (['recover-media', 'swap-audio', 'open-again'] as const) : (['open-again'] as const);
    const act = steps[this.#mediaTries - 1];
    return act ? { act } : giveUp('This video cannot be decoded by this browser.');
  }
}
