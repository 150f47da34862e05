import type { Db, Trx } from '../../db/database.ts';
import { PIPELINE_STAGES, STAGES, type Stage, type StageStatus } from '../../db/tables.ts';
import { HttpError } from '../../http/http-error.ts';
import { enqueueStages, lockVideo, type NewStage } from '../../jobs/stage-queue.ts';

/** What can be used already waits for what cannot. */
export const BACKFILL_PRIORITY = -1;

export type PipelineStage = (typeof PIPELINE_STAGES)[number];

/** The stages of a video, which nobody else changes until the transaction ends. */
async function lockStages(trx: Trx, videoId: string) {
  await lockVideo(trx, videoId);
  return trx.selectFrom('stages').select(['stage', 'status', 'published_at']).where('video_id', '=', videoId).execute();
}

/**
 * Processes a video anew from its source, as far as it has been processed before; does nothing while it is being
 * transcoded. What it has now is served until the new results are complete.
 */
export async function processAgain(db: Db, video: { videoId: string; owner: string }): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await lockStages(trx, video.videoId);
    if (rows.some(({ stage, status }) => stage === 'transcode' && isActive(status))) return;
    const published = rows.flatMap(({ stage, published_at }) => (published_at ? [stage] : []));
    const has = (stage: Stage) => published.includes(stage);
    if (!has('transcode')) throw new HttpError(409, 'The video has not been processed yet.');
    const pipelines = PIPELINE_STAGES.filter(has);
    const stages: NewStage[] = [
      { stage: 'thumbnails' },
      { stage: 'transcode' },
      { stage: 'hls', waitsFor: 'transcode' },
      ...(pipelines.length > 0 ? [{ stage: 'observe' as const, waitsFor: 'transcode' as const }] : []),
      ...pipelines.map((stage) => ({ stage, waitsFor: 'observe' as const })),
    ];
    await enqueueStages(trx, video, stages, BACKFILL_PRIORITY);
  });
}

/** The stage that has to complete before another one. */
const PREDECESSORS: Partial<Record<Stage, Stage>> = {
  thumbnails: 'download',
  transcode: 'download',
  hls: 'transcode',
  ladder: 'hls',
  speech: 'transcode',
  check: 'transcode',
  observe: 'check',
  analyse: 'observe',
  search: 'observe',
};

/** The nearest of a stage's predecessors that is still to complete. */
function findAwaited(stage: Stage, isAhead: (stage: Stage) => boolean): Stage | undefined {
  // Transcoding again has the copy checked again.
  if (stage === 'observe' && isAhead('transcode')) return 'transcode';
  const predecessor = PREDECESSORS[stage];
  return predecessor === undefined || isAhead(predecessor) ? predecessor : findAwaited(predecessor, isAhead);
}

const waitingFor = (stage: Stage, isAhead: (stage: Stage) => boolean): NewStage => {
  const waitsFor = findAwaited(stage, isAhead);
  return waitsFor ? { stage, waitsFor } : { stage };
};

function isAncestor(stage: Stage, of: Stage): boolean {
  const predecessor = PREDECESSORS[of];
  return predecessor !== undefined && (predecessor === stage || isAncestor(stage, predecessor));
}

/**
 * Starts a failed stage again, with those that failed before it and because of it. Throws a 409 when it has not failed.
 */
export async function retryStage(db: Db, video: { videoId: string; owner: string }, stage: Stage): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await lockStages(trx, video.videoId);
    const statuses = new Map(rows.map((row) => [row.stage, row.status]));
    if (statuses.get(stage) !== 'failed') throw new HttpError(409, 'This stage has not failed.');
    const again = STAGES.filter(
      (other) =>
        statuses.get(other) === 'failed' && (other === stage || isAncestor(other, stage) || isAncestor(stage, other)),
    );
    await enqueueStages(
      trx,
      video,
      again.map((other) => waitingFor(other, (stage) => again.includes(stage) || isActive(statuses.get(stage)))),
    );
  });
}

const notTranscoded = () =>
  new HttpError(409, 'The video is not transcoded yet: wait until its upload processing has completed.');

const isActive = (status: StageStatus | undefined) => status === 'pending' || status === 'in_progress';

/**
 * Starts one of the two pipelines; does nothing when it is waiting or running. A pipeline that has completed before
 * analyzes the video again, and its results are served until then. Throws a 409 before the video is transcoded.
 */
export async function initiatePipeline(
  db: Db,
  video: { videoId: string; owner: string },
  stage: PipelineStage,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await lockStages(trx, video.videoId);
    const states = new Map<Stage, (typeof rows)[number]>(rows.map((row) => [row.stage, row]));
    if (!states.get('transcode')?.published_at) {
      throw notTranscoded();
    }
    const isStageActive = (kind: Stage) => isActive(states.get(kind)?.status);
    if (isStageActive(stage)) return;
    const analysis = states.get('observe');
    const isAnalyzing = isStageActive('observe');
    const analyzeNow = !isAnalyzing && (analysis?.status !== 'completed' || states.get(stage)?.status === 'completed');
    const checkAgain = states.get('check')?.status === 'failed' && !isStageActive('transcode');
    await enqueueStages(trx, video, [
      // A copy may still be checked, or be encoded after all; a check that has failed is made again.
      ...(analyzeNow && checkAgain ? [{ stage: 'check' as const }] : []),
      ...(analyzeNow ? [waitingFor('observe', (kind) => isStageActive(kind) || (kind === 'check' && checkAgain))] : []),
      analyzeNow || isAnalyzing ? { stage, waitsFor: 'observe' } : { stage },
    ]);
  });
}

/** Recognizes what is said in a video, once more where it was before; does nothing while that waits or runs. */
export async function initiateSpeech(db: Db, video: { videoId: string; owner: string }): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await lockStages(trx, video.videoId);
    if (!rows.some(({ stage, published_at }) => stage === 'transcode' && published_at)) {
      throw notTranscoded();
    }
    if (rows.some(({ stage, status }) => stage === 'speech' && isActive(status))) return;
    await enqueueStages(trx, video, [{ stage: 'speech' }]);
  });
}
