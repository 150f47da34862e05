import type { FastifyInstance } from 'fastify';
import { videoIdSchema } from '#api/contracts/requests.ts';
import type { Platform } from '../../context.ts';
import { valid } from '../../http/http-error.ts';
import { listTrash, purgeTrash, restoreVideo } from './trash.ts';

/** Deleted videos, which can be restored for a day. Beside the API: only this platform has it. */
export function trashRoutes(app: FastifyInstance, { db, store }: Platform): void {
  app.get('/local/trash', async ({ owner }) => ({ videos: await listTrash(db, owner) }));

  app.delete('/local/trash', async ({ owner }) => ({ deleted: await purgeTrash(db, store, { owner }) }));

  app.post('/local/videos/:video_id/restore', async (request) => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await restoreVideo(db, request.owner, video_id);
    return { video_id };
  });
}
