import { errorFromResponse, NetworkError } from '#api/errors.ts';
import { isTransient, retry } from '#api/retry.ts';

/** Reading may be repeated; what changes something is sent once. */
const READ_RETRIES = 2;

/** Asks the studio's own server for what it has beside the API (`/local/…`, `/studio/…`); throws the API layer's errors. */
export function fetchLocal(path: string, init: RequestInit = {}): Promise<Response> {
  const send = async () => {
    const response = await fetch(path, init).catch((cause: unknown) => {
      // What `fetch` throws without a connection; a cancel is no failure of the network.
      if (!(cause instanceof TypeError)) throw cause;
      throw new NetworkError('The studio could not be reached. Check the connection and try again.', { cause });
    });
    if (response.ok) return response;
    throw errorFromResponse(response.status, await response.json().catch(() => null), response.headers);
  };
  const retries = init.method === undefined ? READ_RETRIES : 0;
  return retry(send, { retries, canRetry: isTransient, signal: init.signal ?? undefined });
}

/** The same, with a JSON body. */
export const sendLocal = (path: string, method: 'POST' | 'PUT', body: unknown): Promise<Response> =>
  fetchLocal(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
