import { AbortedError, APIError } from '../errors.ts';
import { delay, isTransient, type RetryWait, retry } from '../retry.ts';

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

export interface StepOptions {
  /**
   * How often a step is tried before the upload fails; a pause that the platform asks for does not count. The requests of a
   * step are not retried by themselves. Default 5.
   */
  readonly attempts?: number;
  /** Cancels the upload; what has arrived is dropped. */
  readonly signal?: AbortSignal;
  /** Pauses and resumes the upload. */
  readonly control?: UploadControl;
  /** Called before each pause that ends in another attempt. */
  readonly onWait?: (wait: RetryWait) => void;
}

/** A signed URL that has expired answers 403: the next attempt asks for another one. */
export const isExpiredUrl = (error: unknown): boolean => error instanceof APIError && error.statusCode === 403;

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AbortedError('The upload was cancelled.');
}

/**
 * Does a step of an upload until it succeeds: again after what may pass, and from the start of the step when the upload was
 * paused meanwhile. Throws what is final, or the last error when the attempts are used up. The requests of a step must be sent
 * with `retries: 0`, so that this is the only place that repeats them.
 */
export function retryStep<T>(
  work: () => Promise<T>,
  options: StepOptions,
  isAlsoTransient: (error: unknown) => boolean = () => false,
): Promise<T> {
  const { signal, control, attempts = 5, onWait } = options;

  const runWhenNotPaused = async () => {
    for (;;) {
      await control?.whenRunning(signal);
      throwIfCancelled(signal);
      try {
        return await work();
      } catch (error) {
        throwIfCancelled(signal);
        // Stopped by a pause: nothing is wrong, and the step begins again when the upload goes on.
        if (!(error instanceof AbortedError)) throw error;
      }
    }
  };

  // A pause ends the wait: the step begins again when the upload is resumed. So does a cancel.
  const wait = async (ms: number) => {
    const signals = [signal, control?.interrupted].filter((each) => each !== undefined);
    await delay(ms, AbortSignal.any(signals)).catch(() => undefined);
    throwIfCancelled(signal);
  };

  return retry(runWhenNotPaused, {
    retries: attempts - 1,
    canRetry: (error) => isTransient(error) || isAlsoTransient(error),
    onWait,
    isPatient: true,
    wait,
  });
}
