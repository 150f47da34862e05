import { stat } from 'node:fs/promises';
import { estimateUploadCredits } from '#api/resources/uploads.ts';
import type { Platform } from '../context.ts';
import { charge } from '../credits.ts';
import { UPLOAD_STAGES } from '../db/tables.ts';

export interface NewVideo {
  readonly videoId: string;
  readonly owner: string;
  readonly objectName: string;
  readonly name: string;
  readonly useDynamicHls: boolean;
}

/** Makes a video of a stored object and starts its stages. Asked twice, it is started once. */
export async function startPreprocess({ db, layout, queue }: Platform, video: NewVideo): Promise<void> {
  const { size: bytes } = await stat(layout.source(video.videoId));
  const created = await db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto('videos')
      .values({
        video_id: video.videoId,
        owner: video.owner,
        name: video.name,
        object_name: video.objectName,
        use_dynamic_hls: video.useDynamicHls,
        metadata: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('video_id')
      .executeTakeFirst();
    if (!inserted) return false;
    const rows = UPLOAD_STAGES.map((stage) => ({
      video_id: video.videoId,
      stage,
      status: 'pending' as const,
      error: null,
    }));
    await trx.insertInto('stages').values(rows).execute();
    await charge(trx, video.owner, 'storage', estimateUploadCredits(bytes));
    return true;
  });
  if (!created) return;
  await queue.add({ videoId: video.videoId, stage: 'thumbnails' });
  await queue.add({ videoId: video.videoId, stage: 'transcode' });
}
