import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { idSchema } from '#api/contracts/ids.ts';

import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { sendObject } from '../../http/send-object.ts';
import { GET_IN_FOLDER } from '../../objects/signing.ts';

const partParamsSchema = z.object({ upload_id: idSchema, part_number: z.coerce.number().int().min(1).max(10_000) });
const CACHE_SECONDS = 6 * 3600;

interface SignedQuery {
  expires?: unknown;
  signature?: unknown;
}

/** The object store's front: signed GETs with ranges, and signed PUTs of parts, as S3 would answer them. No key here. */
export async function objectRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const { store, signer, uploads } = platform;
  // A part is whatever bytes it is, and it is streamed: nothing here may try to read it as JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  const check = (request: FastifyRequest<{ Querystring: SignedQuery }>, method: string, path: string) => {
    const { expires, signature } = request.query;
    const refusal = signer.refusal(method, path, expires, signature);
    if (refusal) throw new HttpError(403, refusal);
  };

  app.addHook('onSend', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('access-control-expose-headers', 'ETag, Content-Range');
    reply.header('cross-origin-resource-policy', 'cross-origin');
  });

  app.options('/objects/*', async (_request, reply) => {
    reply.header('access-control-allow-methods', 'GET, PUT');
    reply.header('access-control-allow-headers', 'content-type, range');
    return reply.code(204).send();
  });

  app.get<{ Params: { '*': string }; Querystring: SignedQuery }>('/objects/*', (request, reply) => {
    const path = request.params['*'];
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const { expires, signature } = request.query;
    const isInSigned = path !== folder && signer.refusal(GET_IN_FOLDER, folder, expires, signature) === null;
    if (!isInSigned) check(request, 'GET', path);
    // What has been published never changes under its name. Private: the URL is its holder's alone.
    reply.header('cache-control', `private, max-age=${CACHE_SECONDS}, immutable`);
    return sendObject(store, request, reply, { key: path, mayRedirect: true });
  });

  app.put<{ Params: Record<string, string>; Querystring: SignedQuery }>(
    '/objects/parts/:upload_id/:part_number',
    async (request, reply) => {
      const { upload_id, part_number } = valid(partParamsSchema, request.params, 'path');
      check(request, 'PUT', `parts/${upload_id}/${part_number}`);
      const length = request.headers['content-length'];
      const bytes = length === undefined ? undefined : Number(length);
      const etag = await uploads.putPart(upload_id, part_number, request.raw, bytes);
      return reply.code(200).header('etag', etag).send();
    },
  );
}
