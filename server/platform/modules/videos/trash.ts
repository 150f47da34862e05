import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { videoNotOwned } from '../../http/http-error.ts';
import { cancelStages, lockVideo } from '../../jobs/stage-queue.ts';
import type { ObjectStore } from '../../objects/object-store.ts';

/** How long a deleted video can be restored. */
export const RESTORE_MS = 24 * 3_600_000;

/** Throws a 403 for an unknown id and for a video of another owner. One in the trash counts as owned. */
export async function requireOwned(db: Db, owner: string, videoId: string): Promise<void> {
  const video = await db
    .selectFrom('videos')
    .select('video_id')
    .where('video_id', '=', videoId)
    .where('owner', '=', owner)
    .executeTakeFirst();
  if (!video) throw videoNotOwned();
}

/** Moves a video to the trash and stops what runs for it. */
export async function trashVideo(db: Db, videoId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockVideo(trx, videoId);
    await trx
      .updateTable('videos')
      .set({ deleted_at: sql<Date>`coalesce(deleted_at, now())` })
      .where('video_id', '=', videoId)
      .execute();
    await cancelStages(trx, videoId);
  });
}

/** Takes a video out of the trash; its unfinished stages go on. Does nothing when it is not in it. Throws a 403. */
export async function restoreVideo(db: Db, owner: string, videoId: string): Promise<void> {
  await requireOwned(db, owner, videoId);
  await db.updateTable('videos').set({ deleted_at: null }).where('video_id', '=', videoId).execute();
}

/** The deleted videos of an owner that can still be restored, the last deleted first. */
export async function listTrash(db: Db, owner: string) {
  const rows = await db
    .selectFrom('videos')
    .select(['video_id', 'name', 'deleted_at', 'size_bytes'])
    .where('owner', '=', owner)
    .where('deleted_at', 'is not', null)
    .orderBy('deleted_at', 'desc')
    .execute();
  return rows.flatMap(({ video_id, name, deleted_at, size_bytes }) =>
    deleted_at
      ? [
          {
            video_id,
            name,
            deleted_at: deleted_at.toISOString(),
            expires_at: new Date(deleted_at.getTime() + RESTORE_MS).toISOString(),
            bytes: Number(size_bytes ?? 0),
          },
        ]
      : [],
  );
}

/** Deletes videos in the trash for good: their rows first, so that a crash leaves at most objects that nobody refers to. */
export async function purgeTrash(
  db: Db,
  store: ObjectStore,
  which: { readonly owner: string } | { readonly deletedBefore: Date },
): Promise<number> {
  const purged = await db.transaction().execute(async (trx) => {
    const videos = await trx
      .deleteFrom('videos')
      .where('deleted_at', 'is not', null)
      .$if('owner' in which, (query) => query.where('owner', '=', 'owner' in which ? which.owner : ''))
      .$if('deletedBefore' in which, (query) =>
        query.where('deleted_at', '<', 'deletedBefore' in which ? which.deletedBefore : new Date(0)),
      )
      .returning('video_id')
      .execute();
    const ids = videos.map(({ video_id }) => video_id);
    if (ids.length > 0)
      await trx.deleteFrom('uploads').where('video_id', '=', sql<string>`any(${ids}::uuid[])`).execute();
    return ids;
  });
  for (const videoId of purged) await store.delete(videoId);
  return purged.length;
}
