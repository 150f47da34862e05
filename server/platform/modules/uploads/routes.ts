import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  completeMultipartRequestSchema,
  initiateMultipartRequestSchema,
  multipartRefSchema,
  partUrlRequestSchema,
  preprocessRequestSchema,
  videoIdSchema,
} from '#api/contracts/requests.ts';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { getStageStates, type StageState } from '../../db/stages.ts';
import { UPLOAD_STAGES } from '../../db/tables.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getCreatedId } from '../../http/idempotency.ts';
import { ownVideo } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { createVideo } from './create-video.ts';

const MULTIPART = `${BACKEND}/uploads/multipart`;

/** A file name as part of an object's name: readable, and nothing in it that any store reads as a path. */
const toSafeName = (filename: string) => filename.replace(/[^\w.-]+/g, '_').slice(-120) || 'file';

/** Aborted when the client has gone. */
export function getClosedSignal(reply: FastifyReply): AbortSignal {
  const closed = new AbortController();
  reply.raw.once('close', () => closed.abort());
  if (reply.raw.destroyed) closed.abort();
  return closed.signal;
}

function toStatus(state: StageState | undefined) {
  if (!state) return null;
  const { status, percentage, error, started_at, ended_at } = state;
  return { status, percentage, error, started_at, ended_at };
}

export function uploadRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, uploads } = platform;

  app.post(`${MULTIPART}/initiate`, async (request) => {
    const { filename, content_type } = valid(initiateMultipartRequestSchema, request.body);
    const uploadId = getCreatedId(request, 'upload');
    const videoId = getCreatedId(request, 'video');
    const objectName = `videos/${videoId}/${toSafeName(filename)}`;
    await uploads.initiate({
      uploadId,
      videoId,
      owner: request.owner,
      objectName,
      filename,
      contentType: content_type,
    });
    return { upload_id: uploadId, s3_object_name: objectName, video_id: videoId };
  });

  app.post(`${MULTIPART}/part-url`, async (request) => {
    const body = valid(partUrlRequestSchema, request.body);
    const direct = await uploads.presignPart(request.owner, body, body.part_number);
    const url = direct ?? new UrlBuilder(platform, request).part(body.upload_id, body.part_number);
    return { url, part_number: body.part_number };
  });

  app.post(`${MULTIPART}/list-parts`, async (request) => {
    const parts = await uploads.listParts(request.owner, valid(multipartRefSchema, request.body));
    return parts.map(({ part_number, etag }) => ({ part_number, etag }));
  });

  app.post(`${MULTIPART}/complete`, async (request, reply) => {
    const body = valid(completeMultipartRequestSchema, request.body);
    const etag = await uploads.complete(request.owner, body, body.parts, getClosedSignal(reply));
    return { s3_object_name: body.s3_object_name, upload_id: body.upload_id, etag };
  });

  app.post(`${MULTIPART}/abort`, async (request, reply) => {
    await uploads.abort(request.owner, valid(multipartRefSchema, request.body), getClosedSignal(reply));
    return {};
  });

  app.post(`${BACKEND}/uploads/preprocess`, async (request, reply) => {
    const body = valid(preprocessRequestSchema, request.body);
    const upload = await db
      .selectFrom('uploads')
      .selectAll()
      .where('video_id', '=', body.video_id)
      .where('owner', '=', request.owner)
      .executeTakeFirst();
    if (!upload || upload.object_name !== body.s3_object_name)
      throw new HttpError(404, 'There is no such uploaded object.');
    if (upload.etag === null || upload.source_key === null) throw new HttpError(409, 'The upload is not complete yet.');
    await createVideo(
      db,
      {
        videoId: upload.video_id,
        owner: upload.owner,
        objectName: upload.object_name,
        name: body.name,
        useDynamicHls: body.use_dynamic_hls,
      },
      { key: upload.source_key, bytes: Number(upload.size_bytes ?? 0) },
    );
    return reply.code(202).send({ video_id: upload.video_id });
  });

  app.get(`${BACKEND}/uploads/status/:video_id`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    const states = (await getStageStates(db, [video_id])).get(video_id) ?? {};
    return {
      video_id,
      thumbnail_generation_status: toStatus(states.thumbnails),
      transcoding_status: toStatus(states.transcode),
      hls_generation_status: toStatus(states.hls),
      error_message: UPLOAD_STAGES.map((stage) => states[stage]?.error).find(Boolean) ?? null,
    };
  });
}
