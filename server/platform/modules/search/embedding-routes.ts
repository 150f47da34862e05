import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { textEmbeddingRequestSchema, videoIdSchema } from '#api/contracts/requests.ts';
import { CHAT } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { getStageStates } from '../../db/stages.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getChargeKey } from '../../http/idempotency.ts';
import { ownVideo } from '../../http/ownership.ts';
import { charge } from '../credits/credits.ts';
import { toAnswerTimes } from '../segments/segment-times.ts';

/** The numbers of a pgvector literal. */
const parseVector = (literal: string): number[] => literal.slice(1, -1).split(',').map(Number);

export function embeddingRoutes(app: FastifyInstance, { db, embedders }: Platform): void {
  const chargeRequest = (request: FastifyRequest) =>
    charge(db, { owner: request.owner, kind: 'embeddings', amount: 1, key: getChargeKey(request) });

  /** The vectors of a video with the model that made them; read again when searches switch to another model meanwhile. */
  const readVectors = async (videoId: string) => {
    for (;;) {
      const model = await embedders.getServingName();
      const segments = await db
        .selectFrom('segments')
        .select(['start_s', 'end_s', sql<string>`embedding::text`.as('vector')])
        .where('video_id', '=', videoId)
        .where('embedding', 'is not', null)
        .orderBy('position')
        .execute();
      if ((await embedders.getServingName()) === model) return { model, segments };
    }
  };

  app.get(`${CHAT}/embeddings/video/:video_id`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    if (!(await getStageStates(db, [video_id])).get(video_id)?.search?.isPublished) {
      throw new HttpError(409, 'The embeddings are not ready: run search-process on this video first.');
    }
    const { model, segments } = await readVectors(video_id);
    await chargeRequest(request);
    return {
      id: video_id,
      status: 'ready',
      model,
      data: segments.map(({ vector, ...times }) => ({
        embedding: parseVector(vector),
        embedding_option: 'visual',
        embedding_scope: 'clip',
        ...toAnswerTimes(times),
      })),
    };
  });

  app.post(`${CHAT}/embeddings/text`, async (request) => {
    const { text } = valid(textEmbeddingRequestSchema, request.body);
    const vector = await (await embedders.getServing()).embedText(text);
    await chargeRequest(request);
    return { status: 'ready', data: [{ embedding: Array.from(vector) }] };
  });
}
