import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { directUploadFieldsSchema } from '#api/contracts/requests.ts';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getCreatedId } from '../../http/idempotency.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { createVideo } from './create-video.ts';

const MAX_DIRECT_BYTES = 100 * 1024 * 1024;
const TOO_LARGE = 'This file is over 100 MB: upload it in parts instead.';

/** Reads the form, with the file into `target`. Throws a 400, 413 or 422. */
async function readForm(request: FastifyRequest, target: string): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  let hasFile = false;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = part.value;
      else if (part.fieldname !== 'file') part.file.resume();
      else {
        hasFile = true;
        await pipeline(part.file, createWriteStream(target));
        if (part.file.truncated) throw new HttpError(413, TOO_LARGE);
      }
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : undefined;
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw new HttpError(413, TOO_LARGE);
    // What the form's parser says of a body that ends too early, or is no form at all.
    if (/unexpected end|malformed|multipart/i.test(error.message) && !('statusCode' in error))
      throw new HttpError(400, 'The form is incomplete: the upload broke off.');
    throw error;
  }
  if (!hasFile) throw new HttpError(422, 'The form has no file.');
  return fields;
}

/** Uploads in one request. */
export async function directUploadRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const { db, store, scratch, quota } = platform;
  await app.register(multipart, { limits: { fileSize: MAX_DIRECT_BYTES, files: 1, fields: 8, fieldSize: 4096 } });

  app.post(`${BACKEND}/uploads/direct`, async (request, reply) => {
    const videoId = getCreatedId(request, 'video');
    // Named after the request, so that the same one sent twice never writes into an object that is published already.
    const name = `direct-${Date.now()}${process.hrtime.bigint()}`;
    const key = toObjectKey(videoId, name);
    const known = await db.selectFrom('videos').select('owner').where('video_id', '=', videoId).executeTakeFirst();
    // A request that is sent again stores nothing more.
    if (!known) await quota.check(request.owner, Number(request.headers['content-length'] ?? 0));
    const form = await scratch.use(async (folder) => {
      const file = path.join(folder, 'file');
      const fields = valid(directUploadFieldsSchema, await readForm(request, file));
      return { ...fields, bytes: await store.put(key, file) };
    });
    const video = {
      videoId,
      owner: request.owner,
      objectName: `videos/${videoId}/direct`,
      name: form.name,
      useDynamicHls: form.use_dynamic_hls,
    };
    // Whether the row was committed is not known after every error: housekeeping removes the object if it was not.
    const isNew = await createVideo(db, video, { key: name, bytes: form.bytes });
    // The same request has been here before: its object is the one that is used.
    if (!isNew) await store.delete(key);
    return reply.code(202).send({ video_id: videoId });
  });
}
