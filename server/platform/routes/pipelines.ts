import type { FastifyInstance } from 'fastify';
import { BACKEND } from '#api/paths.ts';
import { videoIdSchema } from '#api/schemas/videos.ts';
import type { Platform } from '../context.ts';
import { setStage, stagesOf } from '../db/stages.ts';
import type { PIPELINE_STAGES, StageStatus } from '../db/tables.ts';
import { forgetLook } from '../pipelines/observe-video.ts';
import { Problem, valid } from '../problem.ts';
import { ownVideo } from './ownership.ts';

type PipelineStage = (typeof PIPELINE_STAGES)[number];

/** The two pipelines do not share a vocabulary on the wire: analyse ends in "done", search-process in "success". */
export const PIPELINE_WORDS: Readonly<Record<PipelineStage, Readonly<Record<StageStatus, string>>>> = {
  analyse: { pending: 'enqueued', in_progress: 'processing', completed: 'done', failed: 'failed' },
  search: { pending: 'enqueued', in_progress: 'processing', completed: 'success', failed: 'failed' },
};

const PATHS: Readonly<Record<PipelineStage, string>> = { analyse: 'analyse', search: 'search-process' };

export function pipelineRoutes(app: FastifyInstance, { db, queue }: Platform): void {
  for (const stage of ['analyse', 'search'] as const) {
    app.post(`${BACKEND}/videos/${PATHS[stage]}/initiate`, async (request) => {
      const { video_id } = valid(videoIdSchema, request.body);
      await ownVideo(db, request.owner, video_id);
      const states = (await stagesOf(db, [video_id])).get(video_id) ?? {};
      if (states.transcode?.status !== 'completed') {
        throw new Problem(409, 'The video is not transcoded yet: wait until its upload processing has completed.');
      }
      const running = states[stage]?.status === 'pending' || states[stage]?.status === 'in_progress';
      if (!running) {
        // Asked for again after it went well: whoever asks wants another look, not the same answer.
        if (states[stage]?.status === 'completed') await forgetLook(db, video_id);
        await setStage(db, video_id, stage, { status: 'pending', percentage: 0 });
        await queue.add({ videoId: video_id, stage });
      }
      return { video_id, status: 'enqueued' };
    });

    app.get(`${BACKEND}/videos/${PATHS[stage]}/status/:video_id`, async (request) => {
      const { video_id } = valid(videoIdSchema, request.params, 'path');
      await ownVideo(db, request.owner, video_id);
      const state = (await stagesOf(db, [video_id])).get(video_id)?.[stage];
      if (!state)
        return { video_id, status: 'pending', percentage: null, error: null, started_at: null, ended_at: null };
      return {
        video_id,
        status: PIPELINE_WORDS[stage][state.status],
        percentage: state.percentage,
        error: state.error,
        started_at: state.started_at,
        ended_at: state.ended_at,
      };
    });
  }
}
