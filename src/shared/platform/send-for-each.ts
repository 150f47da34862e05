import { inParallel } from '#api/concurrency.ts';

const MAX_PARALLEL_REQUESTS = 6;

export interface FailedRequest {
  readonly id: string;
  readonly error: unknown;
}

/**
 * Sends one request per id, a few at once. When the page is left meanwhile, all that are still waiting are sent right away, so
 * `send` should use `keepaliveApi`. Never rejects; resolves to the requests that failed.
 */
export async function sendForEach(
  ids: readonly string[],
  send: (id: string) => Promise<unknown>,
): Promise<FailedRequest[]> {
  const waiting = new Set(ids);
  const failed: FailedRequest[] = [];
  const sendOne = (id: string) => {
    waiting.delete(id);
    return send(id).catch((error: unknown) => void failed.push({ id, error }));
  };
  const flush = () => {
    for (const id of [...waiting]) void sendOne(id);
  };
  window.addEventListener('pagehide', flush);
  try {
    await inParallel(ids, MAX_PARALLEL_REQUESTS, async (id) => {
      if (waiting.has(id)) await sendOne(id);
    });
  } finally {
    window.removeEventListener('pagehide', flush);
  }
  return failed;
}
