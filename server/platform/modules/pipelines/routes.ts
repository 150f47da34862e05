import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { idSchema } from '#api/contracts/ids.ts';
import { videoIdSchema } from '#api/contracts/requests.ts';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { getStageStates } from '../../db/stages.ts';
import { STAGES, type StageStatus } from '../../db/tables.ts';
import { valid } from '../../http/http-error.ts';
import { ownVideo } from '../../http/ownership.ts';
import { getQueueState } from '../../jobs/worker-registry.ts';
import { initiatePipeline, type PipelineStage, processAgain, retryStage } from './initiate-pipeline.ts';

const retryParamsSchema = z.object({ video_id: idSchema, stage: z.enum(STAGES) });

type Words = Readonly<Record<StageStatus, string>>;

/** Words of lists and details, the same for both pipelines. */
export const LIST_WORDS: Words = {
  pending: 'enqueued',
  in_progress: 'processing',
  completed: 'done',
  failed: 'failed',
};

/** Words of the status endpoints: analyse ends in "done", search-process in "success". */
const STATUS_WORDS: Readonly<Record<PipelineStage, Words>> = {
  analyse: LIST_WORDS,
  search: { ...LIST_WORDS, completed: 'success' },
};

const PATHS: Readonly<Record<PipelineStage, string>> = { analyse: 'analyse', search: 'search-process' };

export function pipelineRoutes(app: FastifyInstance, { db }: Platform): void {
  // Beside the API: only this platform keeps sources for it.
  app.post('/local/videos/:video_id/process-again', async (request, reply) => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    await processAgain(db, { videoId: video_id, owner: request.owner });
    return reply.code(202).send({ video_id });
  });

  app.post('/local/videos/:video_id/stages/:stage/retry', async (request, reply) => {
    const { video_id, stage } = valid(retryParamsSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    await retryStage(db, { videoId: video_id, owner: request.owner }, stage);
    return reply.code(202).send({ video_id });
  });

  app.get('/local/queue', async () => ({
    stages: (await getQueueState(db)).map(({ stage, workers, waiting, oldestSeconds, isStuck }) => ({
      stage,
      workers,
      waiting,
      oldest_seconds: oldestSeconds,
      is_stuck: isStuck,
    })),
  }));

  for (const stage of ['analyse', 'search'] as const) {
    app.post(`${BACKEND}/videos/${PATHS[stage]}/initiate`, async (request) => {
      const { video_id } = valid(videoIdSchema, request.body);
      await ownVideo(db, request.owner, video_id);
      await initiatePipeline(db, { videoId: video_id, owner: request.owner }, stage);
      return { video_id, status: 'enqueued' };
    });

    app.get(`${BACKEND}/videos/${PATHS[stage]}/status/:video_id`, async (request) => {
      const { video_id } = valid(videoIdSchema, request.params, 'path');
      await ownVideo(db, request.owner, video_id);
      const state = (await getStageStates(db, [video_id])).get(video_id)?.[stage];
      if (!state)
        return { video_id, status: 'pending', percentage: null, error: null, started_at: null, ended_at: null };
      return {
        video_id,
        status: STATUS_WORDS[stage][state.status],
        percentage: state.percentage,
        error: state.error,
        started_at: state.started_at,
        ended_at: state.ended_at,
      };
    });
  }
}
