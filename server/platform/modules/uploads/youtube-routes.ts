import type { FastifyInstance } from 'fastify';
import { youtubeRequestSchema } from '#api/contracts/requests.ts';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getCreatedId } from '../../http/idempotency.ts';
import { createVideo } from './create-video.ts';
import { toWatchUrl } from './youtube/watch-url.ts';
import { findYtDlp, getTitle, YoutubeRefusal } from './youtube/yt-dlp.ts';

const MAX_NAME_LENGTH = 255;

/** Imports from YouTube, where yt-dlp is installed. Refusals are a 400 with the short code for a message. */
export function youtubeRoutes(app: FastifyInstance, { db, quota }: Platform): void {
  app.post(`${BACKEND}/uploads/youtube`, async (request, reply) => {
    const { url, name } = valid(youtubeRequestSchema, request.body);
    const sourceUrl = toWatchUrl(url);
    if (sourceUrl === null) throw new HttpError(400, 'YOUTUBE_INVALID_URL');
    // How large the video is turns out when it is fetched.
    await quota.check(request.owner, 1);
    const program = await findYtDlp();
    if (!program) throw new HttpError(400, 'YOUTUBE_IMPORT_UNAVAILABLE');
    const title = await getTitle(program, sourceUrl).catch((error: unknown) => {
      throw new HttpError(400, error instanceof YoutubeRefusal ? error.code : 'YOUTUBE_IMPORT_FAILED');
    });
    const videoId = getCreatedId(request, 'video');
    const video = {
      videoId,
      owner: request.owner,
      objectName: `videos/${videoId}/youtube`,
      name: name ?? (title.replaceAll('\u0000', '').trim().slice(0, MAX_NAME_LENGTH) || 'YouTube video'),
      useDynamicHls: false,
    };
    await createVideo(db, video, { url: sourceUrl });
    return reply.code(202).send({ video_id: videoId });
  });
}
