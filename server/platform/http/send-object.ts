import type { FastifyReply, FastifyRequest } from 'fastify';
import { getMediaType } from '../objects/media-types.ts';
import {
  type ByteRange,
  type ObjectContent,
  ObjectNotFoundError,
  type ObjectStore,
  RangeNotSatisfiableError,
} from '../objects/object-store.ts';
import { HttpError } from './http-error.ts';

interface Options {
  readonly key: string;
  /** Whether the answer may send the client to the object store. */
  readonly mayRedirect: boolean;
}

/** The one range that a header asks for. Several, and what cannot be read, are answered with the whole object. */
export function parseRange(header: string | undefined): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, start = '', end = ''] = match ?? [];
  if (start === '') return end === '' ? undefined : { last: Number(end) };
  if (end === '') return { start: Number(start) };
  return Number(end) < Number(start) ? undefined : { start: Number(start), end: Number(end) };
}

/** Answers with an object, or the range of it that the request asks for. The caller has set the `cache-control` header. */
export async function sendObject(
  store: ObjectStore,
  request: FastifyRequest,
  reply: FastifyReply,
  { key, mayRedirect }: Options,
): Promise<FastifyReply> {
  const url = mayRedirect ? await store.presignGet(key) : null;
  // For as long as the URL is sure to be valid.
  if (url !== null) return reply.header('cache-control', 'private, max-age=1800').redirect(url, 302);
  const range = request.headers['if-range'] === undefined ? parseRange(request.headers.range) : undefined;
  let object: ObjectContent;
  try {
    object = await store.get(key, range);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) throw new HttpError(404, 'There is nothing at this address.');
    if (error instanceof RangeNotSatisfiableError) {
      reply.header('content-range', `bytes */${error.totalBytes}`);
      throw new HttpError(416, 'The requested range lies outside of the file.');
    }
    throw error;
  }
  const { stream, start, end, totalBytes, etag, modifiedAt } = object;
  reply.header('accept-ranges', 'bytes').header('etag', etag).header('last-modified', modifiedAt.toUTCString());
  if (request.headers['if-none-match'] === etag) {
    stream.destroy();
    return reply.code(304).send();
  }
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${totalBytes}`);
  reply.type(getMediaType(key)).header('content-length', end - start + 1);
  if (request.method === 'HEAD') {
    stream.destroy();
    return reply.send();
  }
  return reply.send(stream);
}
