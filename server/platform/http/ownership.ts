import { type ExpressionBuilder, sql } from 'kysely';
import type { SearchFilters } from '#api/contracts/requests.ts';
import type { Db } from '../db/database.ts';
import type { Tables } from '../db/tables.ts';
import { getFilterConditions } from '../db/video-filters.ts';
import { HttpError, videoDeleted, videoNotOwned } from './http-error.ts';

/** The caller's video. Throws a 403 for an unknown id or another owner's video, a 404 for one in the trash. */
export async function ownVideo(db: Db, owner: string, videoId: string) {
  const video = await db
    .selectFrom('videos')
    .selectAll()
    .where('video_id', '=', videoId)
    .where('owner', '=', owner)
    .executeTakeFirst();
  if (!video) throw videoNotOwned();
  if (video.deleted_at !== null) throw videoDeleted();
  return video;
}

/** The collection, if it is the caller's: 404 when there is none, 403 when it is another's. */
export async function ownCollection(db: Db, owner: string, collectionId: string) {
  const collection = await db
    .selectFrom('collections')
    .selectAll()
    .where('collection_id', '=', collectionId)
    .executeTakeFirst();
  if (!collection) throw new HttpError(404, 'There is no such collection.');
  if (collection.owner !== owner) throw new HttpError(403, 'This API key may not use that collection.');
  return collection;
}

/** What a search or a map covers: the union of what is named, as far as the filters let it through. */
export interface RequestedScope {
  readonly video_ids?: readonly string[] | null;
  readonly collection_id?: string | null;
  /** Further collections. */
  readonly collection_ids?: readonly string[] | null;
  readonly all_videos?: boolean | null;
  readonly filters?: SearchFilters | null;
  /** Only videos that became searchable later. */
  readonly published_after?: Date;
}

interface SearchableScope {
  readonly videoIds: string[];
  /** Whether the scope holds videos that have not been made searchable yet. */
  readonly hasUnsearchable: boolean;
}

/**
 * The searchable videos that a search or a map covers. Throws a 403 unless the caller owns all those named. An empty
 * collection is an empty scope.
 */
export async function getSearchableScope(db: Db, owner: string, scope: RequestedScope): Promise<SearchableScope> {
  const collections = [...(scope.collection_ids ?? []), ...(scope.collection_id ? [scope.collection_id] : [])];
  for (const collectionId of new Set(collections)) await ownCollection(db, owner, collectionId);
  const named = [...new Set(scope.video_ids ?? [])];
  if (named.length > 0) {
    const videos = await db
      .selectFrom('videos')
      .select('deleted_at')
      .where('owner', '=', owner)
      .where('video_id', '=', sql<string>`any(${named}::uuid[])`)
      .execute();
    if (videos.length < named.length) throw videoNotOwned();
    if (videos.some(({ deleted_at }) => deleted_at !== null)) throw videoDeleted();
  }
  const inScope = (eb: ExpressionBuilder<Tables, 'live_videos'>) => [
    eb('live_videos.video_id', '=', sql<string>`any(${named}::uuid[])`),
    ...(scope.all_videos ? [eb('live_videos.owner', '=', owner)] : []),
    ...(collections.length > 0
      ? [
          eb('live_videos.video_id', 'in', (members) =>
            members
              .selectFrom('collection_videos')
              .select('collection_videos.video_id')
              .where('collection_id', '=', sql<string>`any(${collections}::uuid[])`),
          ),
        ]
      : []),
  ];
  const inScopeVideos = await db
    .selectFrom('live_videos')
    .leftJoin('stages', (join) =>
      join.onRef('stages.video_id', '=', 'live_videos.video_id').on('stages.stage', '=', 'search'),
    )
    // Published once is enough: a video that is processed again stays searchable.
    .select(['live_videos.video_id', 'stages.published_at'])
    .where('live_videos.owner', '=', owner)
    .where((eb) => eb.or(inScope(eb)))
    .where((eb) => eb.and(getFilterConditions(eb, scope.filters ?? {})))
    .where((eb) => (scope.published_after ? eb('stages.published_at', '>', scope.published_after) : eb.lit(true)))
    .execute();
  const searchable = inScopeVideos.filter(({ published_at }) => published_at !== null);
  return {
    videoIds: searchable.map(({ video_id }) => video_id),
    hasUnsearchable: searchable.length < inScopeVideos.length,
  };
}
