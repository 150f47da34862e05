import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { ownVideo } from '../../http/ownership.ts';
import { sendObject } from '../../http/send-object.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { getOutput } from '../pipelines/outputs.ts';

const CACHE_SECONDS = 3600;

/** Only names that the packager writes, with or without the package's key before them. */
const FILE =
  /^(?:(?<key>hls(?:-\d+)?)\/)?(?<file>(?:(?:\d+p|audio\d+|subtitles\d+)\/)?[a-z]+\d*\.(?<type>m3u8|mp4|m4s|vtt))$/;
const paramsSchema = z.object({ video_id: z.uuid(), '*': z.string().regex(FILE) });

/**
 * HLS, behind the API key: manifests and segments alike. URLs in answers name the package, which never changes; without
 * its key, a URL means the one that is published now.
 */
export function hlsRoutes(app: FastifyInstance, { db, store }: Platform): void {
  app.get(`${BACKEND}/videos/hls/:video_id/*`, async (request, reply) => {
    const params = valid(paramsSchema, request.params, 'path');
    await ownVideo(db, request.owner, params.video_id);
    const named = FILE.exec(params['*'])?.groups;
    const key = named?.key ?? (await getOutput(db, params.video_id, 'hls'))?.hls;
    if (!named?.file || key === undefined) throw new HttpError(404, 'This video has no HLS stream yet.');
    const isFixed = named.key !== undefined && named.type !== 'm3u8';
    reply.header('cache-control', isFixed ? `private, max-age=${CACHE_SECONDS}, immutable` : 'private, no-cache');
    const object = toObjectKey(params.video_id, `${key}/${named.file}`);
    // Manifests name what they refer to relative to themselves, so they always come from here.
    return sendObject(store, request, reply, { key: object, mayRedirect: named.type !== 'm3u8' });
  });
}
