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

type RecordChange<T> =
  | { readonly kind: 'put'; readonly record: T }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'clear' };

/**
 * Records stored in this browser (IndexedDB), one by one, so that two tabs that change different ones do not overwrite each
 * other. Changes are broadcast to the other tabs.
 */
export class IndexedDbCollection<T extends { readonly id: string }> {
  readonly #database: ReturnType<typeof createStore>;
  readonly #schema: z.ZodMiniType<T>;
  readonly #channel: BroadcastChannel | null;
  readonly #batchMs: number;
  readonly #pendingWrites = new Map<string, T>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * The first change is written at once; those that follow within `batchMs` are written together, for records that change
   * many times a second.
   */
  constructor(name: string, schema: z.ZodMiniType<T>, batchMs = 0) {
    this.#batchMs = batchMs;
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
    this.#pendingWrites.set(record.id, record);
    if (this.#timer === null) this.#write();
  }

  /** Writes pending records now, for a page that may be closed before its timer runs. */
  flush(): void {
    if (this.#pendingWrites.size > 0) this.#write();
  }

  remove(id: string): void {
    this.#pendingWrites.delete(id);
    void ignoreErrors(() => del(id, this.#database));
    this.#broadcast({ kind: 'remove', id });
  }

  /** Removes all records, also those that are yet to be written, in every tab. */
  async clear(): Promise<void> {
    this.#pendingWrites.clear();
    await ignoreErrors(() => clear(this.#database));
    this.#broadcast({ kind: 'clear' });
  }

  /** Calls `listener` with every change that another tab makes. */
  subscribe(listener: (change: RecordChange<T>) => void): void {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<RecordChange<T>>) => {
      if (data.kind === 'clear') this.#pendingWrites.clear();
      listener(data);
    });
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const isSettled = this.#pendingWrites.size === 0 || this.#batchMs === 0;
    this.#timer = isSettled ? null : setTimeout(() => this.#write(), this.#batchMs);
    for (const record of this.#pendingWrites.values()) {
      void ignoreErrors(() => set(record.id, record, this.#database));
      this.#broadcast({ kind: 'put', record });
    }
    this.#pendingWrites.clear();
  }

  #broadcast(change: RecordChange<T>): void {
    this.#channel?.postMessage(change);
  }
}
