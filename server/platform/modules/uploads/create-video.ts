import { estimateUploadCredits } from '#api/resources/uploads.ts';
import type { Db, Trx } from '../../db/database.ts';
import { UPLOAD_STAGES } from '../../db/tables.ts';
import { enqueueStages, lockVideo, type NewStage } from '../../jobs/stage-queue.ts';
import { charge } from '../credits/credits.ts';

export interface NewVideo {
  readonly videoId: string;
  readonly owner: string;
  readonly objectName: string;
  readonly name: string;
  readonly useDynamicHls: boolean;
}

/** Where a video comes from: an object that is stored already, or an address that it is fetched from. */
export type VideoSource =
  | { readonly key: string; readonly bytes: number; readonly url?: never }
  | { readonly url: string; readonly key?: never };

/** Stages of a new video; those behind a download wait for it. */
function getFirstStages(isFetched: boolean): NewStage[] {
  const before = isFetched ? { waitsFor: 'download' as const } : {};
  return [
    ...(isFetched ? [{ stage: 'download' as const }] : []),
    { stage: 'thumbnails', ...before },
    { stage: 'transcode', ...before },
    { stage: 'hls', waitsFor: 'transcode' },
  ];
}

/** Charges for storing a source, once for each video. */
export function chargeStorage(trx: Trx, owner: string, videoId: string, bytes: number): Promise<void> {
  const amount = estimateUploadCredits(bytes);
  return charge(trx, { owner, kind: 'storage', amount, key: `storage:${videoId}` });
}

/**
 * Makes a video, its charge and its waiting stages, all or nothing. Asked again for the same video, only stages that have
 * failed are started once more. Resolves to whether the video is new.
 */
export async function createVideo(db: Db, video: NewVideo, source: VideoSource): Promise<boolean> {
  const { videoId, owner } = video;
  return db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto('videos')
      .values({
        video_id: videoId,
        owner,
        name: video.name,
        object_name: video.objectName,
        use_dynamic_hls: video.useDynamicHls,
        source_url: source.url ?? null,
        source_key: source.key ?? null,
        size_bytes: source.key === undefined ? null : source.bytes,
        metadata: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('video_id')
      .executeTakeFirst();
    if (!inserted) {
      await restartFailed(trx, videoId, owner);
      return false;
    }
    if (source.key !== undefined) await chargeStorage(trx, owner, videoId, source.bytes);
    await enqueueStages(trx, video, getFirstStages(source.url !== undefined));
    return true;
  });
}

async function restartFailed(trx: Trx, videoId: string, owner: string): Promise<void> {
  await lockVideo(trx, videoId);
  const rows = await trx
    .selectFrom('stages')
    .select(['stage', 'status'])
    .where('video_id', '=', videoId)
    .where('stage', 'in', ['download', ...UPLOAD_STAGES])
    .execute();
  const statuses = new Map(rows.map(({ stage, status }) => [stage, status]));
  const isFailed = (stage: NewStage['stage']) => statuses.get(stage) === 'failed';
  const isAgain = (stage: NewStage['stage'] | undefined) => stage !== undefined && isFailed(stage);
  const failed = getFirstStages(statuses.has('download'))
    .filter(({ stage }) => isFailed(stage))
    // What it waits for is done already, unless that starts again, too.
    .map(({ stage, waitsFor }) => ({ stage, ...(waitsFor && isAgain(waitsFor) ? { waitsFor } : {}) }));
  await enqueueStages(trx, { videoId, owner }, failed);
}
