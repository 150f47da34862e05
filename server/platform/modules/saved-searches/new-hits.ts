import type { Selectable } from 'kysely';
import { SEARCH_OPTIONS } from '#api/contracts/search.ts';
import type { Platform } from '../../context.ts';
import type { Tables } from '../../db/tables.ts';
import { HttpError } from '../../http/http-error.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { getAlikeLevel } from '../search/exclusions.ts';
import { searchSegments } from '../search/hybrid-search.ts';
import { getSegmentVector } from '../search/segment-vector.ts';
import { searchSimilar } from '../search/similar-search.ts';

export type SavedSearchRow = Selectable<Tables['saved_searches']>;

/** More are not counted. */
const MAX_COUNTED = 500;

interface NewVideo {
  readonly video_id: string;
  readonly published_at: Date;
}

/** The videos of an owner that became searchable, or were processed again, after a time. */
export async function listNewVideos({ db }: Pick<Platform, 'db'>, owner: string, since: Date): Promise<NewVideo[]> {
  const rows = await db
    .selectFrom('live_videos')
    .innerJoin('stages', (join) =>
      join.onRef('stages.video_id', '=', 'live_videos.video_id').on('stages.stage', '=', 'search'),
    )
    .select(['live_videos.video_id', 'stages.published_at'])
    .where('live_videos.owner', '=', owner)
    .where('stages.published_at', '>', since)
    .execute();
  return rows.flatMap(({ video_id, published_at }) => (published_at ? [{ video_id, published_at }] : []));
}

/** Hits of a saved search in videos that became searchable after it was last opened. Free of charge. */
async function countHits(
  platform: Platform,
  { owner, search, seen_at: since }: SavedSearchRow,
  newVideos: readonly NewVideo[],
): Promise<number> {
  const isNew = new Set(newVideos.map(({ video_id }) => video_id));
  const scope = { collection_ids: search.collection_ids, all_videos: search.all_videos, filters: search.filters };
  const { videoIds } = await getSearchableScope(platform.db, owner, {
    ...scope,
    // The others have nothing new, and may have been deleted.
    video_ids: search.video_ids?.filter((id) => isNew.has(id)),
    published_after: since,
  });
  if (videoIds.length === 0) return 0;
  const { query, segment_id: segmentId, min_score: minScore } = search;
  const exclusions = { owner, items: search.exclude ?? [] };
  const common = { videoIds, limit: MAX_COUNTED, exclusions };
  if (segmentId) {
    // Among all that is searchable: new videos may all look alike.
    const { videoIds: all } = await getSearchableScope(platform.db, owner, { all_videos: true });
    const level =
      minScore ?? (await getAlikeLevel(platform, all, await getSegmentVector(platform.db, owner, segmentId)));
    const hits = await searchSimilar(platform, { owner, segmentId, query, ...common });
    return hits.filter(({ score }) => score >= level).length;
  }
  const hits = await searchSegments(platform, {
    query: query ?? '',
    options: search.search_options ?? SEARCH_OPTIONS,
    ...common,
  });
  return hits.filter(({ isClose, score, matchedText }) => isClose && (matchedText !== null || score >= (minScore ?? 0)))
    .length;
}

/** As `countHits`; a search whose segment or collection is gone finds nothing any more. */
async function countOrNone(...args: Parameters<typeof countHits>): Promise<number> {
  try {
    return await countHits(...args);
  } catch (error) {
    if (error instanceof HttpError) return 0;
    throw error;
  }
}

/**
 * Counts the new hits of an owner's saved searches, of those alone whose new videos have changed since they were counted.
 * Resolves to the rows as they are then.
 */
export async function countNewHits(platform: Platform, rows: readonly SavedSearchRow[]): Promise<SavedSearchRow[]> {
  const [first] = rows;
  if (!first) return [];
  const since = new Date(Math.min(...rows.map(({ seen_at }) => seen_at.getTime())));
  const newVideos = await listNewVideos(platform, first.owner, since);
  const counted: SavedSearchRow[] = [];
  for (const row of rows) {
    const own = newVideos.filter(({ published_at }) => published_at > row.seen_at);
    const last = own.length > 0 ? new Date(Math.max(...own.map(({ published_at }) => published_at.getTime()))) : null;
    if (last?.getTime() === row.counted_until?.getTime() && own.length === row.counted_videos) {
      counted.push(row);
      continue;
    }
    const newHits = own.length > 0 ? await countOrNone(platform, row, own) : 0;
    const change = { new_hits: newHits, counted_until: last, counted_videos: own.length };
    await platform.db
      .updateTable('saved_searches')
      .set(change)
      .where('saved_search_id', '=', row.saved_search_id)
      // Opened meanwhile: nothing of it is new.
      .where('seen_at', '=', row.seen_at)
      .execute();
    counted.push({ ...row, ...change });
  }
  return counted;
}
