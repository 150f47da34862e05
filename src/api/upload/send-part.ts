import { AbortedError, errorFromResponse, NetworkError } from '../errors.ts';

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Bytes of this part that have left, as they leave. */
  readonly onProgress: (sent: number) => void;
}

/** PUTs one part to its pre-signed URL. Resolves to its ETag, or null where the store hides that header. */
export type SendPart = (url: string, part: Blob, options: SendOptions) => Promise<string | null>;

/** A connection over which nothing moves for so long is dead, whatever the browser believes. */
const SILENCE_MS = 60_000;

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
    let silence = setTimeout(hangUp, SILENCE_MS);
    signal.addEventListener('abort', cancel, { once: true });
    request.upload.onprogress = (event) => {
      clearTimeout(silence);
      silence = setTimeout(hangUp, SILENCE_MS);
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

const sendByFetch: SendPart = async (url, part, { signal, onProgress }) => {
  let response: Response;
  try {
    response = await fetch(url, { method: 'PUT', body: part, signal });
  } catch (cause) {
    throw signal.aborted ? stopped() : new NetworkError('The connection was lost while sending a part.', { cause });
  }
  if (!response.ok) throw errorFromResponse(response.status, await response.text(), response.headers);
  onProgress(part.size);
  return response.headers.get('etag');
};

export const sendPart: SendPart = typeof XMLHttpRequest === 'undefined' ? sendByFetch : sendByXhr;
