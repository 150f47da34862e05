import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { BACKEND } from '#api/paths.ts';
import { youtubeRequestSchema } from '#api/schemas/uploads.ts';
import type { Platform } from '../context.ts';
import { createVideo } from '../pipelines/start-preprocess.ts';
import { Problem, valid } from '../problem.ts';
import { findYtDlp, titleOf, YoutubeRefusal } from '../youtube/yt-dlp.ts';

const HOSTS = new Set(['youtube.com', 'www.youtube.com', 'm.youtube.com', 'music.youtube.com', 'youtu.be']);
const MAX_NAME = 255;

function isYoutube(url: string): boolean {
  try {
    const { protocol, hostname, port } = new URL(url);
    return protocol === 'https:' && port === '' && HOSTS.has(hostname);
  } catch {
    return false;
  }
}

/** Imports from YouTube, where yt-dlp is installed. Refusals are a 400 with the short code for a message. */
export function youtubeRoutes(app: FastifyInstance, platform: Platform): void {
  app.post(`${BACKEND}/uploads/youtube`, async (request, reply) => {
    const { url, name } = valid(youtubeRequestSchema, request.body);
    if (!isYoutube(url)) throw new Problem(400, 'YOUTUBE_INVALID_URL');
    const program = await findYtDlp();
    if (!program) throw new Problem(400, 'YOUTUBE_IMPORT_UNAVAILABLE');
    const title = await titleOf(program, url).catch((error: unknown) => {
      throw new Problem(400, error instanceof YoutubeRefusal ? error.code : 'YOUTUBE_IMPORT_FAILED');
    });
    const videoId = randomUUID();
    const video = {
      videoId,
      owner: request.owner,
      objectName: `videos/${videoId}/youtube`,
      name: name ?? (title.replaceAll('\u0000', '').trim().slice(0, MAX_NAME) || 'YouTube video'),
      useDynamicHls: false,
    };
    await createVideo(platform, video, url);
    await platform.queue.add({ videoId, stage: 'download' });
    return reply.code(202).send({ video_id: videoId });
  });
}
