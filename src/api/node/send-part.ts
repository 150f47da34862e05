import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AbortedError, APIError, errorFromResponse, NetworkError } from '../errors.ts';
import type { SendPart } from '../upload/send-part.ts';

/** A connection over which nothing moves for so long is dead. */
const MAX_SILENCE_MS = 60_000;

/** PUTs one part from Node with its length declared (S3 takes nothing else) and progress as the bytes leave. */
export const sendPartFromNode: SendPart = async (url, part, { signal, onProgress }) => {
  const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
    method: 'PUT',
    headers: { 'content-length': part.size },
    signal,
  });
  request.setTimeout(MAX_SILENCE_MS, () => request.destroy(new Error('The connection fell silent.')));
  const answered = new Promise<{ status: number; headers: Headers; body: string }>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
      });
      response.once('error', reject);
      response.once('end', () => {
        const headers = new Headers({
          etag: response.headers.etag ?? '',
          'retry-after': response.headers['retry-after'] ?? '',
        });
        resolve({ status: response.statusCode ?? 0, headers, body });
      });
    });
  });
  let sent = 0;
  async function* counted() {
    for await (const chunk of part.stream()) {
      yield chunk;
      sent += chunk.byteLength;
      onProgress(sent);
    }
  }
  try {
    const sending = pipeline(Readable.from(counted(), { objectMode: false }), request);
    // A store that refuses early closes the connection under the body: its answer says more than the broken pipe.
    const { status, headers, body } = await Promise.race([answered, sending.then(() => answered)]);
    if (status < 200 || status >= 300) throw errorFromResponse(status, body, headers);
    return headers.get('etag') || null;
  } catch (cause) {
    if (signal.aborted) throw new AbortedError('The upload was cancelled.', { cause });
    if (cause instanceof APIError) throw cause;
    throw new NetworkError('The connection was lost while sending a part.', { cause });
  }
};
