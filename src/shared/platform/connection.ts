import type { QueryClient } from '@tanstack/react-query';
import { createClient } from '#api/client.ts';
import { APIError, NetworkError, TimeoutError } from '#api/errors.ts';
import { queryClient } from './client.ts';

const MIN_PROBE_MS = 500;
const MAX_PROBE_MS = 5_000;
const PROBE_TIMEOUT_MS = 5_000;
/** Where single requests fail although the platform answers, what failed is fetched again at most this often. */
const MIN_REFETCH_MS = 30_000;
/** Statuses of a gateway without its platform, and of a platform without its database. */
const UNREACHABLE_STATUSES: readonly number[] = [502, 503, 504];

/** True for errors that tell that the studio, its platform or the platform's database may be away. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof APIError) return UNREACHABLE_STATUSES.includes(error.statusCode);
  // What `fetch` throws when there is no connection is a TypeError.
  if (error instanceof NetworkError || error instanceof TimeoutError || error instanceof TypeError) return true;
  return error instanceof Error && error.cause !== undefined && isUnreachable(error.cause);
}

interface ConnectionOptions {
  probe(): Promise<boolean>;
  refetch(): void;
}

/** Whether the platform answers. It is asked once a request has failed, and then until it does. */
export class ConnectionMonitor {
  readonly #options: ConnectionOptions;
  readonly #listeners = new Set<() => void>();
  #isLost = false;
  #isProbing = false;
  #refetchedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Calls `listener` when the connection is lost or back; returns the function that ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  noteFailure(error: unknown): void {
    if (isUnreachable(error) && !this.#isProbing) void this.#probeUntilAnswered();
  }

  async #probeUntilAnswered(): Promise<void> {
    this.#isProbing = true;
    for (let waitMs = MIN_PROBE_MS; !(await this.#options.probe()); waitMs = Math.min(MAX_PROBE_MS, waitMs * 2)) {
      this.#setLost(true);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    this.#isProbing = false;
    const now = Date.now();
    if (this.#isLost || now - this.#refetchedAt >= MIN_REFETCH_MS) {
      this.#refetchedAt = now;
      this.#options.refetch();
    }
    this.#setLost(false);
  }

  #setLost(isLost: boolean): void {
    if (isLost === this.#isLost) return;
    this.#isLost = isLost;
    for (const listener of this.#listeners) listener();
  }
}

const probeApi = createClient({ retries: 0, timeoutMs: PROBE_TIMEOUT_MS });

export const connection = new ConnectionMonitor({
  probe: () =>
    probeApi.videos.list({ limit: 1 }).then(
      () => true,
      (error: unknown) => !isUnreachable(error),
    ),
  // What is paid for is sent again by people only.
  refetch: () =>
    void queryClient.refetchQueries({
      type: 'active',
      predicate: (query) => query.meta?.isPaid !== true && (query.state.status === 'error' || query.isStale()),
    }),
});

/** Tells a monitor about the requests of a client that fail. Returns the function that ends that. */
export function watchFailures(client: QueryClient, monitor: ConnectionMonitor): () => void {
  for (const { state } of client.getQueryCache().getAll()) monitor.noteFailure(state.fetchFailureReason);
  const endQueries = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && (event.action.type === 'failed' || event.action.type === 'error'))
      monitor.noteFailure(event.action.error);
  });
  const endMutations = client.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') monitor.noteFailure(event.action.error);
  });
  return () => {
    endQueries();
    endMutations();
  };
}
