import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { BACKEND } from '#api/paths.ts';
import {
  completeMultipartRequestSchema,
  initiateMultipartRequestSchema,
  multipartRefSchema,
  partUrlRequestSchema,
  preprocessRequestSchema,
} from '#api/schemas/uploads.ts';
import { videoIdSchema } from '#api/schemas/videos.ts';
import type { Platform } from '../context.ts';
import { stagesOf } from '../db/stages.ts';
import { UPLOAD_STAGES } from '../db/tables.ts';
import { joinParts, storedParts } from '../objects/parts.ts';
import { startPreprocess } from '../pipelines/start-preprocess.ts';
import { notYours, Problem, valid } from '../problem.ts';
import { Links } from './links.ts';
import { ownVideo } from './ownership.ts';

const MULTIPART = `${BACKEND}/uploads/multipart`;

/** A file name as part of an object's name: readable, and nothing in it that any store reads as a path. */
const safeName = (filename: string) => filename.replace(/[^\w.-]+/g, '_').slice(-120) || 'file';

export function uploadRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, layout } = platform;

  async function ownUpload(owner: string, ref: { upload_id: string; s3_object_name: string }) {
    const upload = await db.selectFrom('uploads').selectAll().where('upload_id', '=', ref.upload_id).executeTakeFirst();
    if (!upload || upload.object_name !== ref.s3_object_name) {
      throw new Problem(404, 'There is no such upload: it was aborted, or never started.');
    }
    if (upload.owner !== owner) throw notYours();
    return upload;
  }

  async function openUpload(owner: string, ref: { upload_id: string; s3_object_name: string }) {
    const upload = await ownUpload(owner, ref);
    if (upload.etag !== null) throw new Problem(404, 'This upload is already complete.');
    return upload;
  }

  app.post(`${MULTIPART}/initiate`, async (request) => {
    const { filename, content_type } = valid(initiateMultipartRequestSchema, request.body);
    const videoId = randomUUID();
    const upload = {
      upload_id: randomUUID(),
      video_id: videoId,
      object_name: `videos/${videoId}/${safeName(filename)}`,
      owner: request.owner,
      filename,
      content_type,
      etag: null,
    };
    await db.insertInto('uploads').values(upload).execute();
    return { upload_id: upload.upload_id, s3_object_name: upload.object_name, video_id: videoId };
  });

  app.post(`${MULTIPART}/part-url`, async (request) => {
    const body = valid(partUrlRequestSchema, request.body);
    const upload = await openUpload(request.owner, body);
    return {
      url: new Links(platform, request).part(upload.upload_id, body.part_number),
      part_number: body.part_number,
    };
  });

  app.post(`${MULTIPART}/list-parts`, async (request) => {
    const upload = await openUpload(request.owner, valid(multipartRefSchema, request.body));
    const parts = await storedParts(layout.partsOf(upload.upload_id));
    return parts.map(({ part_number, etag }) => ({ part_number, etag }));
  });

  app.post(`${MULTIPART}/complete`, async (request) => {
    const body = valid(completeMultipartRequestSchema, request.body);
    const upload = await ownUpload(request.owner, body);
    const folder = layout.partsOf(upload.upload_id);
    const etag = upload.etag ?? (await joinParts(folder, body.parts, layout.source(upload.video_id)));
    await db.updateTable('uploads').set({ etag }).where('upload_id', '=', upload.upload_id).execute();
    await rm(folder, { recursive: true, force: true });
    return { s3_object_name: upload.object_name, upload_id: upload.upload_id, etag };
  });

  app.post(`${MULTIPART}/abort`, async (request) => {
    const upload = await openUpload(request.owner, valid(multipartRefSchema, request.body));
    await db.deleteFrom('uploads').where('upload_id', '=', upload.upload_id).execute();
    await rm(layout.partsOf(upload.upload_id), { recursive: true, force: true });
    return {};
  });

  app.post(`${BACKEND}/uploads/preprocess`, async (request, reply) => {
    const body = valid(preprocessRequestSchema, request.body);
    const upload = await db.selectFrom('uploads').selectAll().where('video_id', '=', body.video_id).executeTakeFirst();
    if (!upload || upload.object_name !== body.s3_object_name)
      throw new Problem(404, 'There is no such uploaded object.');
    if (upload.owner !== request.owner) throw notYours();
    if (upload.etag === null) throw new Problem(409, 'The upload is not complete yet.');
    await startPreprocess(platform, {
      videoId: upload.video_id,
      owner: upload.owner,
      objectName: upload.object_name,
      name: body.name,
      useDynamicHls: body.use_dynamic_hls,
    });
    return reply.code(202).send({ video_id: upload.video_id });
  });

  app.get(`${BACKEND}/uploads/status/:video_id`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    const states = (await stagesOf(db, [video_id])).get(video_id) ?? {};
    return {
      video_id,
      thumbnail_generation_status: states.thumbnails ?? null,
      transcoding_status: states.transcode ?? null,
      hls_generation_status: states.hls ?? null,
      error_message: UPLOAD_STAGES.map((stage) => states[stage]?.error).find(Boolean) ?? null,
    };
  });
}
