import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { CHAT } from '#api/paths.ts';
import { textEmbeddingRequestSchema } from '#api/schemas/embeddings.ts';
import { videoIdSchema } from '#api/schemas/videos.ts';
import { formatTimecode } from '#lib/time.ts';
import type { Platform } from '../context.ts';
import { charged } from '../credits.ts';
import { stagesOf } from '../db/stages.ts';
import { Problem, valid } from '../problem.ts';
import { numbersOf } from '../search/merge-moments.ts';
import { ownVideo } from './ownership.ts';

export function embeddingRoutes(app: FastifyInstance, { db, embedder }: Platform): void {
  app.get(`${CHAT}/embeddings/video/:video_id`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    if ((await stagesOf(db, [video_id])).get(video_id)?.search?.status !== 'completed') {
      throw new Problem(409, 'The embeddings are not ready: run search-process on this video first.');
    }
    const segments = await charged(db, request.owner, 'embeddings', () =>
      db
        .selectFrom('segments')
        .select(['start_s', 'end_s', sql<string>`embedding::text`.as('vector')])
        .where('video_id', '=', video_id)
        .where('embedding', 'is not', null)
        .orderBy('position')
        .execute(),
    );
    return {
      id: video_id,
      status: 'ready',
      data: segments.map(({ start_s, end_s, vector }) => ({
        embedding: numbersOf(vector),
        embedding_option: 'visual',
        embedding_scope: 'clip',
        start: formatTimecode(start_s),
        end: formatTimecode(end_s),
      })),
    };
  });

  app.post(`${CHAT}/embeddings/text`, async (request) => {
    const { text } = valid(textEmbeddingRequestSchema, request.body);
    const vector = await charged(db, request.owner, 'embeddings', () => embedder.embedText(text));
    return { status: 'ready', data: [{ embedding: Array.from(vector) }] };
  });
}
