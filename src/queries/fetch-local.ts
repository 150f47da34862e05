import { errorFromResponse } from '#api/errors.ts';

/** Asks the embedded platform for what it has beyond the API (`/local/…`); throws the API layer's errors. */
export async function fetchLocal(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, { signal });
  if (!response.ok) throw errorFromResponse(response.status, await response.json().catch(() => null), response.headers);
  return response;
}
