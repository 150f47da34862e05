import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { BACKEND } from '#api/paths.ts';
import { directUploadFieldsSchema } from '#api/schemas/uploads.ts';
import type { Platform } from '../context.ts';
import { startPreprocess } from '../pipelines/start-preprocess.ts';
import { Problem, valid } from '../problem.ts';

const MAX_DIRECT_BYTES = 100 * 1024 * 1024;
const TOO_LARGE = 'This file is over 100 MB: upload it in parts instead.';

/** Uploads in one request. */
export async function directUploadRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const { layout } = platform;
  await app.register(multipart, { limits: { fileSize: MAX_DIRECT_BYTES, files: 1, fields: 8, fieldSize: 4096 } });

  app.post(`${BACKEND}/uploads/direct`, async (request, reply) => {
    const videoId = randomUUID();
    const target = layout.source(videoId);
    const fields: Record<string, unknown> = {};
    let filename: string | null = null;
    try {
      for await (const part of request.parts()) {
        if (part.type === 'field') fields[part.fieldname] = part.value;
        else if (part.fieldname !== 'file') part.file.resume();
        else {
          filename = part.filename || 'file';
          await mkdir(layout.video(videoId), { recursive: true });
          await pipeline(part.file, createWriteStream(`${target}.incoming`));
          if (part.file.truncated) throw new Problem(413, TOO_LARGE);
        }
      }
      if (filename === null) throw new Problem(422, 'The form has no file.');
      const { name, use_dynamic_hls } = valid(directUploadFieldsSchema, fields);
      const handle = await open(`${target}.incoming`, 'r');
      await handle.sync();
      await handle.close();
      await rename(`${target}.incoming`, target);
      const objectName = `videos/${videoId}/direct`;
      await startPreprocess(platform, {
        videoId,
        owner: request.owner,
        objectName,
        name,
        useDynamicHls: use_dynamic_hls,
      });
      return await reply.code(202).send({ video_id: videoId });
    } catch (error) {
      await rm(layout.video(videoId), { recursive: true, force: true });
      const tooLarge = error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE';
      throw tooLarge ? new Problem(413, TOO_LARGE) : error;
    }
  });
}
