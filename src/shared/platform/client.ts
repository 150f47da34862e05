import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { createClient } from '#api/client.ts';
import { AuthenticationError, errorFromResponse, NetworkError } from '#api/errors.ts';
import { isTransient, retry } from '#api/retry.ts';
import { keys } from './query-keys.ts';

/** Reading may be repeated; what changes something is sent once. */
const READ_RETRIES = 2;

/** Asks the studio's own server for what it has beside the API (`/local/…`, `/studio/…`); throws the API layer's errors. */
export function fetchLocal(
  path: string,
  init: RequestInit = {},
  { isRead = init.method === undefined } = {},
): Promise<Response> {
  const send = async () => {
    const response = await fetch(path, init).catch((cause: unknown) => {
      // What `fetch` throws without a connection; a cancel is no failure of the network.
      if (!(cause instanceof TypeError)) throw cause;
      throw new NetworkError('The studio could not be reached. Check the connection and try again.', { cause });
    });
    if (response.ok) return response;
    throw errorFromResponse(response.status, await response.json().catch(() => null), response.headers);
  };
  const retries = isRead ? READ_RETRIES : 0;
  return retry(send, { retries, canRetry: isTransient, signal: init.signal ?? undefined });
}

const toJsonRequest = (method: 'POST' | 'PUT' | 'PATCH', body: unknown) => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

/** The same, with a JSON body. */
export const sendLocal = (
  path: string,
  method: 'POST' | 'PUT' | 'PATCH',
  body: unknown,
  signal: AbortSignal | null = null,
): Promise<Response> => fetchLocal(path, { ...toJsonRequest(method, body), signal });

/** Reads by a POST, whose body says what is wanted: it may be repeated. */
export const readLocal = (path: string, body: unknown, signal: AbortSignal): Promise<Response> =>
  fetchLocal(path, { ...toJsonRequest('POST', body), signal }, { isRead: true });

/** The API as the browser has it: same origin, no key. */
export const api = createClient();

/** Requests of this client outlive the page: they are sent even when the tab is closed right after. */
export const keepaliveApi = createClient({ fetch: (input, init) => fetch(input, { ...init, keepalive: true }) });

/** The session has ended, or the password was changed: what the studio says of itself then shows the way in. */
function noticeSignOut(error: unknown): void {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (!(cause instanceof AuthenticationError) || !signedOutSchema.safeParse(cause.responseBody).success) return;
  void queryClient.invalidateQueries({ queryKey: keys.studio });
}
const signedOutSchema = z.object({ code: z.literal('signed_out') });

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    // The API client and `fetchLocal` retry by themselves: two layers would multiply.
    queries: { retry: false, staleTime: 5_000 },
    mutations: { retry: false },
  },
});
