import { stat } from 'node:fs/promises';
import { estimateUploadCredits } from '#api/resources/uploads.ts';
import type { Platform } from '../context.ts';
import { charge } from '../credits.ts';
import { setStage, stagesOf } from '../db/stages.ts';
import { UPLOAD_STAGES } from '../db/tables.ts';

export interface NewVideo {
  readonly videoId: string;
  readonly owner: string;
  readonly objectName: string;
  readonly name: string;
  readonly useDynamicHls: boolean;
}

/** Writes a video and its waiting stages down; with a `sourceUrl`, a download comes first. False when it was there already. */
export function createVideo({ db }: Platform, video: NewVideo, sourceUrl: string | null = null): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto('videos')
      .values({
        video_id: video.videoId,
        owner: video.owner,
        name: video.name,
        object_name: video.objectName,
        use_dynamic_hls: video.useDynamicHls,
        source_url: sourceUrl,
        metadata: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('video_id')
      .executeTakeFirst();
    if (!inserted) return false;
    const stages = sourceUrl === null ? UPLOAD_STAGES : (['download', ...UPLOAD_STAGES] as const);
    const rows = stages.map((stage) => ({
      video_id: video.videoId,
      stage,
      status: 'pending' as const,
      error: null,
    }));
    await trx.insertInto('stages').values(rows).execute();
    return true;
  });
}

/** The source is in its place: charges for storing it and starts what does not wait for another stage. */
export async function startStages({ db, layout, queue }: Platform, videoId: string, owner: string): Promise<void> {
  const { size } = await stat(layout.source(videoId));
  await charge(db, owner, 'storage', estimateUploadCredits(size));
  await queue.add({ videoId, stage: 'thumbnails' });
  await queue.add({ videoId, stage: 'transcode' });
}

/** Has failed upload stages run again. Those behind a failed transcode follow it by themselves. */
async function restartFailed({ db, queue }: Platform, videoId: string): Promise<void> {
  const states = (await stagesOf(db, [videoId])).get(videoId) ?? {};
  const failed = UPLOAD_STAGES.filter((stage) => states[stage]?.status === 'failed');
  for (const stage of failed) await setStage(db, videoId, stage, { status: 'pending', percentage: 0 });
  for (const stage of failed) {
    if (stage !== 'hls' || !failed.includes('transcode')) await queue.add({ videoId, stage });
  }
}

/** Makes a video of a stored object and starts its stages. Asked again, only what has failed is started. */
export async function startPreprocess(platform: Platform, video: NewVideo): Promise<void> {
  if (await createVideo(platform, video)) await startStages(platform, video.videoId, video.owner);
  else await restartFailed(platform, video.videoId);
}
