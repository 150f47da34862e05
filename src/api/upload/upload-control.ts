/** Pauses and resumes an upload. Parts that were on their way when it was paused are sent again. */
export class UploadControl {
  #interrupt = new AbortController();
  #resumed: Promise<void> | null = null;
  #resume: () => void = () => undefined;

  get paused(): boolean {
    return this.#resumed !== null;
  }

  /** Fires when the upload is paused; a new one after each resume. */
  get interrupted(): AbortSignal {
    return this.#interrupt.signal;
  }

  pause(): void {
    if (this.#resumed) return;
    this.#resumed = new Promise((resolve) => {
      this.#resume = resolve;
    });
    this.#interrupt.abort();
  }

  resume(): void {
    if (!this.#resumed) return;
    this.#resumed = null;
    this.#interrupt = new AbortController();
    this.#resume();
  }

  /** Resolves at once, or when the upload is resumed or cancelled. */
  async whenRunning(signal?: AbortSignal): Promise<void> {
    if (!this.#resumed) return;
    const ended = new AbortController();
    const cancelled = new Promise<void>((resolve) => {
      if (signal?.aborted) resolve();
      signal?.addEventListener('abort', () => resolve(), { once: true, signal: ended.signal });
    });
    while (this.#resumed !== null && !signal?.aborted) await Promise.race([this.#resumed, cancelled]);
    ended.abort();
  }
}
