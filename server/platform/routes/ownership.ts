import type { Kysely } from 'kysely';
import { stagesOf } from '../db/stages.ts';
import type { Tables } from '../db/tables.ts';
import { notYours, Problem, videoNotFound } from '../problem.ts';

/** The video, if it is the caller's: 404 when there is none, 403 when it is another's. */
export async function ownVideo(db: Kysely<Tables>, owner: string, videoId: string) {
  const video = await db.selectFrom('videos').selectAll().where('video_id', '=', videoId).executeTakeFirst();
  if (!video) throw videoNotFound();
  if (video.owner !== owner) throw notYours();
  return video;
}

/** The collection, if it is the caller's: 404 when there is none, 403 when it is another's. */
export async function ownCollection(db: Kysely<Tables>, owner: string, collectionId: string) {
  const collection = await db
    .selectFrom('collections')
    .selectAll()
    .where('collection_id', '=', collectionId)
    .executeTakeFirst();
  if (!collection) throw new Problem(404, 'There is no such collection.');
  if (collection.owner !== owner) throw new Problem(403, 'This API key may not use that collection.');
  return collection;
}

async function collectionMembers(db: Kysely<Tables>, owner: string, collectionId: string): Promise<string[]> {
  await ownCollection(db, owner, collectionId);
  const rows = await db
    .selectFrom('collection_videos')
    .select('video_id')
    .where('collection_id', '=', collectionId)
    .execute();
  return rows.map(({ video_id }) => video_id);
}

/** Which videos a search or a map looks at: all must be the caller's, and at least one must be
 * searchable. An empty collection is an empty scope. */
export async function searchableScope(
  db: Kysely<Tables>,
  owner: string,
  scope: { video_ids?: readonly string[] | null; collection_id?: string | null },
): Promise<string[]> {
  const members = scope.collection_id ? await collectionMembers(db, owner, scope.collection_id) : [];
  const unique = [...new Set([...(scope.video_ids ?? []), ...members])];
  if (unique.length === 0) return [];
  const videos = await db.selectFrom('videos').select(['video_id', 'owner']).where('video_id', 'in', unique).execute();
  if (videos.some((video) => video.owner !== owner)) throw notYours();
  if (videos.length < unique.length) throw videoNotFound();
  const states = await stagesOf(db, unique);
  const ready = unique.filter((id) => states.get(id)?.search?.status === 'completed');
  if (ready.length === 0) {
    throw new Problem(409, 'None of these videos has been made searchable yet. Run search-process on them first.');
  }
  return ready;
}
