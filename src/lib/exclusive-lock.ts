/** Longer than the minute to which browsers slow the timers of hidden tabs down. */
const LEASE_MS = 90_000;
const RENEW_MS = 5_000;
const CHECK_MS = 2_000;
/** Two tabs that claim a free lease at once both see the last write after this time. */
const SETTLE_MS = 100;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A lock over the tabs of one browser as a lease in `localStorage`, for contexts without the Web Locks API. */
export class StorageLease {
  readonly #key: string;
  readonly #owner = `${Date.now()}-${Math.random()}`;
  readonly #storage: Storage;

  constructor(name: string, storage: Storage = localStorage) {
    this.#key = `lease ${name}`;
    this.#storage = storage;
  }

  get isMine(): boolean {
    return this.#storage.getItem(this.#key)?.endsWith(` ${this.#owner}`) === true;
  }

  /** Claims the lease when it is free, expired or already held by this owner. Check `isMine` a moment later. */
  claim(now: number): void {
    const expiry = Number(this.#storage.getItem(this.#key)?.split(' ')[0] ?? 0);
    if (this.isMine || !(expiry > now)) this.#storage.setItem(this.#key, `${now + LEASE_MS} ${this.#owner}`);
  }

  release(): void {
    if (this.isMine) this.#storage.removeItem(this.#key);
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function withLease(lease: StorageLease, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const release = () => lease.release();
  for (;;) {
    lease.claim(Date.now());
    await sleep(SETTLE_MS);
    if (signal.aborted) {
      release();
      return;
    }
    if (lease.isMine) break;
    await sleep(CHECK_MS);
  }
  const renewal = setInterval(() => lease.claim(Date.now()), RENEW_MS);
  window.addEventListener('pagehide', release);
  try {
    await work();
  } finally {
    clearInterval(renewal);
    window.removeEventListener('pagehide', release);
    release();
  }
}

/** False where the person has blocked storage: then tabs do not know of each other. */
function canStore(): boolean {
  try {
    return localStorage !== null;
  } catch {
    return false;
  }
}

/**
 * Runs `work` in one tab of the browser at a time: at once, or when the tab that holds the lock is done or closed. Gives up
 * when `signal` aborts first.
 */
export async function withExclusiveLock(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(name, { signal }, work).catch(() => undefined);
  else if (canStore()) await withLease(new StorageLease(name), signal, work);
  else await work();
}
