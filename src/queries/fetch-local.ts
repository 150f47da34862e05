import { errorFromResponse } from '#api/errors.ts';

/** Asks the studio's own server for what stands beside the API (`/local/…`, `/studio/…`); throws the API layer's errors. */
export async function fetchLocal(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init);
  if (!response.ok) throw errorFromResponse(response.status, await response.json().catch(() => null), response.headers);
  return response;
}

/** The same, with a JSON body. */
export const sendLocal = (path: string, method: 'POST' | 'PUT', body: unknown): Promise<Response> =>
  fetchLocal(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
