const PROBE_MS = 1_000;
const PROBE_TIMEOUT_MS = 3_000;

/** Whether a platform of this project can be used now. */
export async function isPlatformReady(upstream: string): Promise<boolean> {
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  return fetch(`${upstream}/readyz`, { signal }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    },
    () => false,
  );
}

/**
 * The platforms that requests go to, in turn. With more than one, those that are not ready are left out: one that is about to stop
 * says so some seconds before.
 */
export class Upstreams {
  readonly #all: readonly [string, ...string[]];
  #ready: readonly string[];
  #next = 0;

  constructor(all: readonly [string, ...string[]]) {
    this.#all = all;
    this.#ready = all;
    if (all.length === 1) return;
    setInterval(() => void this.#probe(), PROBE_MS).unref();
  }

  async #probe(): Promise<void> {
    const states = await Promise.all(this.#all.map(isPlatformReady));
    this.#ready = this.#all.filter((_, index) => states[index]);
  }

  /** The one for the next request. When none is ready, all are tried: the answer then says what is wrong. */
  pick(): string {
    const usable = this.#ready.length > 0 ? this.#ready : this.#all;
    this.#next += 1;
    return usable[this.#next % usable.length] ?? this.#all[0];
  }

  /** Leaves one out until it answers its next probe: a request could not be sent to it. */
  reportFailure(upstream: string): void {
    if (this.#all.length > 1) this.#ready = this.#ready.filter((url) => url !== upstream);
  }
}
