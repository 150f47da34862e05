import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';

/** A pointer that passes over a list must not fetch all of it. */
const REST_MS = 60;
/** What is not played after this time is given up: it would keep its piece in memory. */
const MAX_IDLE_MS = 30_000;

interface Start {
  readonly manifestUrl: string;
  /** Seconds. */
  readonly position: number;
}

/**
 * The start of one stream, fetched before it is to be played: its playlists, and the piece at the position. hls.js does it
 * without a video element, and goes on with the element once it has one.
 */
export class PrefetchedStream {
  #wanted: Start | null = null;
  #hls: Hls | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Fetches the start of a stream in a moment, unless another one is asked for before. `load` resolves to hls.js. */
  fetch(start: Start, config: Partial<HlsConfig>, load: () => Promise<{ default: typeof Hls }>): void {
    if (this.#isFor(start)) return;
    this.#drop();
    this.#wanted = start;
    this.#timer = setTimeout(async () => {
      // A failure is reported when the stream is played.
      const code = await load().catch(() => null);
      if (!code?.default.isSupported() || this.#wanted !== start) return;
      this.#begin(code.default, start, config);
    }, REST_MS);
  }

  #begin(HlsPlayer: typeof Hls, { manifestUrl, position }: Start, config: Partial<HlsConfig>): void {
    const hls = new HlsPlayer({ ...config, startPosition: position, startFragPrefetch: true });
    hls.on(HlsPlayer.Events.ERROR, (_event, { fatal }) => {
      if (fatal && this.#hls === hls) this.#drop();
    });
    hls.loadSource(manifestUrl);
    this.#hls = hls;
    this.#timer = setTimeout(() => this.#drop(), MAX_IDLE_MS);
  }

  #isFor({ manifestUrl, position }: Start): boolean {
    return this.#wanted?.manifestUrl === manifestUrl && this.#wanted.position === position;
  }

  /** Hands over what was fetched for exactly this start; null when nothing was. */
  take(start: Start): Hls | null {
    const hls = this.#isFor(start) ? this.#hls : null;
    if (hls) this.#hls = null;
    this.#drop();
    return hls;
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#hls?.destroy();
    this.#hls = null;
    this.#wanted = null;
  }
}
