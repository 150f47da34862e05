import { clear, createStore, del, entries, set } from 'idb-keyval';
import type { z } from 'zod/mini';

/** Private windows and full disks refuse to store: what was to be kept then lives as long as the page. */
export async function ignoreErrors<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

type News<T> =
  | { readonly kind: 'put'; readonly record: T }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'clear' };

/**
 * Records stored in this browser (IndexedDB), one by one, so that two tabs that change different ones do not overwrite each
 * other; and news of them between tabs.
 */
export class IndexedDbCollection<T extends { readonly id: string }> {
  readonly #database: ReturnType<typeof createStore>;
  readonly #schema: z.ZodMiniType<T>;
  readonly #channel: BroadcastChannel | null;
  readonly #gatherMs: number;
  readonly #waiting = new Map<string, T>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * The first change is written at once; those that follow within `gatherMs` are written together, for records that change
   * many times a second.
   */
  constructor(name: string, schema: z.ZodMiniType<T>, gatherMs = 0) {
    this.#gatherMs = gatherMs;
    this.#database = createStore(name, 'records');
    this.#schema = schema;
    this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
    // A page that is left may not come back to its timer.
    if (typeof window !== 'undefined') window.addEventListener('pagehide', () => this.#write());
  }

  /** All records; what cannot be read (another version's, say) is passed over. */
  async load(): Promise<T[]> {
    const known = (await ignoreErrors(() => entries(this.#database))) ?? [];
    return known.flatMap(([, value]) => {
      const record = this.#schema.safeParse(value);
      return record.success ? [record.data] : [];
    });
  }

  put(record: T): void {
    this.#waiting.set(record.id, record);
    if (this.#timer === null) this.#write();
  }

  /** Writes what waits now: a page that is left soon may not come to it any more. */
  flush(): void {
    if (this.#waiting.size > 0) this.#write();
  }

  remove(id: string): void {
    this.#waiting.delete(id);
    void ignoreErrors(() => del(id, this.#database));
    this.#tell({ kind: 'remove', id });
  }

  /** Removes all records, also those that are yet to be written, in every tab. */
  async clear(): Promise<void> {
    this.#waiting.clear();
    await ignoreErrors(() => clear(this.#database));
    this.#tell({ kind: 'clear' });
  }

  /** Calls `listener` with what another tab did. */
  onNews(listener: (news: News<T>) => void): void {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<News<T>>) => {
      if (data.kind === 'clear') this.#waiting.clear();
      listener(data);
    });
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const isSettled = this.#waiting.size === 0 || this.#gatherMs === 0;
    this.#timer = isSettled ? null : setTimeout(() => this.#write(), this.#gatherMs);
    for (const record of this.#waiting.values()) {
      void ignoreErrors(() => set(record.id, record, this.#database));
      this.#tell({ kind: 'put', record });
    }
    this.#waiting.clear();
  }

  #tell(news: News<T>): void {
    this.#channel?.postMessage(news);
  }
}
