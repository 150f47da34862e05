import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import pLimit from 'p-limit';
import { z } from 'zod';
import { videoIdSchema } from '#api/contracts/requests.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { ownVideo } from '../../http/ownership.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { runTask } from '../../tasks/run-task.ts';
import { getMainRendition } from '../pipelines/outputs.ts';
import { getClosedSignal } from '../uploads/routes.ts';

/** Each takes a process for some tenths of a second. */
const MAX_PARALLEL_FRAMES = 2;
const TIMEOUT_MS = 30_000;
const querySchema = z.object({ t: z.coerce.number().min(0) });

/** The frame that a player shows at a time (seconds), as a JPEG of at most 512 px. Beside the API. */
export function frameRoutes(app: FastifyInstance, { db, store, scratch }: Platform): void {
  const limit = pLimit(MAX_PARALLEL_FRAMES);

  app.get('/local/videos/:video_id/frame', async (request, reply) => {
    const { video_id: videoId } = valid(videoIdSchema, request.params, 'path');
    const { t: time } = valid(querySchema, request.query, 'query');
    const { metadata } = await ownVideo(db, request.owner, videoId);
    const key = toObjectKey(videoId, await getMainRendition(db, videoId));
    const duration = metadata?.duration ?? 0;
    if (time > duration) throw new HttpError(422, `This video is ${duration.toFixed(1)} s long.`);
    const signal = getClosedSignal(reply);
    const picture = await limit(() =>
      scratch.use(async (folder) => {
        const input = await store.fetch(key, folder, signal);
        const outputDir = path.join(folder, 'out');
        const [file] = await runTask('frames', { input, outputDir, times: [time] }, { signal, timeoutMs: TIMEOUT_MS });
        return file ? readFile(file) : null;
      }),
    );
    if (!picture) throw new HttpError(404, 'There is no frame at this time.');
    return reply.type('image/jpeg').send(picture);
  });
}
