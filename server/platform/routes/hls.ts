import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../context.ts';
import { valid } from '../problem.ts';
import { ownVideo } from './ownership.ts';

/** Only names that the packager writes. */
const paramsSchema = z.object({
  video_id: z.uuid(),
  '*': z.string().regex(/^(?:\d+p\/)?[a-z]+\d*\.(?:m3u8|mp4|m4s)$/),
});

/** HLS, behind the API key: manifests and segments alike. */
export async function hlsRoutes(app: FastifyInstance, { db, layout }: Platform): Promise<void> {
  await app.register(fastifyStatic, { root: layout.objects, serve: false });
  app.get(`${BACKEND}/videos/hls/:video_id/*`, async (request, reply) => {
    const params = valid(paramsSchema, request.params, 'path');
    await ownVideo(db, request.owner, params.video_id);
    const file = params['*'];
    const isManifest = file.endsWith('.m3u8');
    reply.type(isManifest ? 'application/vnd.apple.mpegurl' : 'video/mp4');
    // Segments never change under their name; manifests may, when a video is processed again.
    return reply.sendFile(`${params.video_id}/hls/${file}`, { maxAge: isManifest ? 0 : 3_600_000, cacheControl: true });
  });
}
