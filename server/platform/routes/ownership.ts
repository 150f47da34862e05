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

/** Which videos a search or a map looks at: all must be the caller's, and at least one must be searchable. */
export async function searchableScope(
  db: Kysely<Tables>,
  owner: string,
  scope: { video_ids?: readonly string[] | null; collection_id?: string | null },
): Promise<string[]> {
  if (scope.collection_id) throw new Problem(404, 'There is no such collection.');
  const unique = [...new Set(scope.video_ids)];
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
