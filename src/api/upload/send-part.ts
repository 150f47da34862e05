import { AbortedError, APIError, errorFromResponse, NetworkError } from '../errors.ts';

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Bytes of this part that have left, as they leave. */
  readonly onProgress: (sent: number) => void;
}

/** PUTs one part to its pre-signed URL. Resolves to its ETag, or null where the store hides that header. */
export type SendPart = (url: string, part: Blob, options: SendOptions) => Promise<string | null>;

/** A connection over which nothing moves for so long is dead, whatever the browser believes. */
const MAX_SILENCE_MS = 60_000;

const lost = () => new NetworkError('The connection was lost while sending a part.');
const stopped = () => new AbortedError('The upload was cancelled.');

/** In a browser only XMLHttpRequest tells how far a body has got. */
const sendByXhr: SendPart = (url, part, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(stopped());
      return;
    }
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    const hangUp = () => {
      reject(lost());
      request.abort();
    };
    let silence = setTimeout(hangUp, MAX_SILENCE_MS);
    signal.addEventListener('abort', cancel, { once: true });
    request.upload.onprogress = (event) => {
      clearTimeout(silence);
      silence = setTimeout(hangUp, MAX_SILENCE_MS);
      onProgress(event.loaded);
    };
    request.onerror = () => reject(lost());
    request.onabort = () => reject(stopped());
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.getResponseHeader('etag'));
      else {
        const retryAfter = request.getResponseHeader('retry-after');
        reject(errorFromResponse(request.status, null, new Headers(retryAfter ? { 'retry-after': retryAfter } : {})));
      }
    };
    request.onloadend = () => {
      clearTimeout(silence);
      signal.removeEventListener('abort', cancel);
    };
    request.open('PUT', url);
    request.send(part);
  });

/** Sends parts by `fetch`, which tells progress only when a part has been sent. */
export const createFetchSender =
  (send: typeof fetch): SendPart =>
  async (url, part, { signal, onProgress }) => {
    try {
      const response = await send(url, { method: 'PUT', body: part, signal });
      const body = await response.text();
      if (!response.ok) throw errorFromResponse(response.status, body, response.headers);
      onProgress(part.size);
      return response.headers.get('etag');
    } catch (cause) {
      if (signal.aborted) throw stopped();
      if (cause instanceof APIError) throw cause;
      throw new NetworkError('The connection was lost while sending a part.', { cause });
    }
  };

/** The sender of this platform. */
export const sendPart: SendPart =
  typeof XMLHttpRequest === 'undefined' ? createFetchSender((url, init) => globalThis.fetch(url, init)) : sendByXhr;
