/** Lets at most `max` pieces of work run at once; the others wait for their turn, first come, first served. */
export class Limiter {
  #max: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get max(): number {
    return this.#max;
  }

  /** More begins at once what waits; fewer lets what runs come to its end. */
  set max(max: number) {
    this.#max = max;
    while (this.#running < max) {
      const next = this.#waiting.shift();
      if (!next) break;
      this.#running += 1;
      next();
    }
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#max) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#running <= this.#max ? this.#waiting.shift() : undefined;
      // Whoever waits takes the place over; it is never free in between.
      if (next) next();
      else this.#running -= 1;
    }
  }
}

/**
 * Runs `work` over all items, at most `limit` at a time, and resolves to the results in their order. After a failure no further
 * item is begun; rejects with it when the work that was running has ended.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const errors: unknown[] = [];
  const worker = async () => {
    while (next < items.length && errors.length === 0) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item === undefined) continue;
      try {
        results[index] = await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return results;
}
