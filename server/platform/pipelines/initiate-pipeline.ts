import type { Db } from '../db/database.ts';
import type { PIPELINE_STAGES, Stage, StageStatus } from '../db/tables.ts';
import { HttpError } from '../http-error.ts';
import { enqueueStages, lockVideo } from '../jobs/stage-queue.ts';

export type PipelineStage = (typeof PIPELINE_STAGES)[number];

const isActive = (status: StageStatus | undefined) => status === 'pending' || status === 'in_progress';

/**
 * Starts one of the two pipelines; does nothing when it is waiting or running. A pipeline that has completed before
 * observes the video anew, and its results are served until then. Throws a 409 before the video is transcoded.
 */
export async function initiatePipeline(
  db: Db,
  video: { videoId: string; owner: string },
  stage: PipelineStage,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockVideo(trx, video.videoId);
    const rows = await trx
      .selectFrom('stages')
      .select(['stage', 'status', 'published_at'])
      .where('video_id', '=', video.videoId)
      .execute();
    const states = new Map<Stage, (typeof rows)[number]>(rows.map((row) => [row.stage, row]));
    if (!states.get('transcode')?.published_at) {
      throw new HttpError(409, 'The video is not transcoded yet: wait until its upload processing has completed.');
    }
    if (isActive(states.get(stage)?.status)) return;
    const observe = states.get('observe');
    const isObserving = isActive(observe?.status);
    const observeNow = !isObserving && (observe?.status !== 'completed' || states.get(stage)?.status === 'completed');
    await enqueueStages(trx, video, [
      ...(observeNow ? [{ stage: 'observe' as const }] : []),
      observeNow || isObserving ? { stage, waitsFor: 'observe' } : { stage },
    ]);
  });
}
