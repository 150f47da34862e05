import { queryOptions } from '@tanstack/react-query';
import { inParallel } from '#api/concurrency.ts';
import type { Scope } from '#api/resources/search.ts';
import { isSearchable } from '#api/status.ts';
import { listAllVideos } from '#api/workflows/videos.ts';
import { api, queryClient } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';

/**
 * What a search or a map covers: every searchable video, or the union of videos and collections. It is part of query keys
 * as it is, so that a video that becomes searchable, or joins a collection, makes no new (paid) request.
 */
export type SearchScope =
  | { readonly all: true }
  | { readonly videoIds?: readonly string[]; readonly collectionIds?: readonly string[] };

export const ALL_VIDEOS: SearchScope = { all: true };

const MAX_PARALLEL_COLLECTIONS = 4;
/** The most members that the API returns in one page. */
const MEMBER_PAGE_SIZE = 500;

async function listMemberIds(collectionId: string, signal?: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  for await (const { video_id } of api.collections.iterateVideos(
    collectionId,
    { pageSize: MEMBER_PAGE_SIZE },
    { signal },
  ))
    ids.push(video_id);
  return ids;
}

const listMembersOfAll = async (collectionIds: readonly string[], signal?: AbortSignal): Promise<string[]> =>
  (await inParallel(collectionIds, MAX_PARALLEL_COLLECTIONS, (id) => listMemberIds(id, signal))).flat();

async function listSearchableIds(signal?: AbortSignal): Promise<string[]> {
  const lists = await Promise.all([
    listAllVideos(api, { status: 'processed' }, { signal }),
    listAllVideos(api, { status: 'search_processed' }, { signal }),
  ]);
  return [
    ...new Set(
      lists
        .flat()
        .filter(isSearchable)
        .map(({ video_id }) => video_id),
    ),
  ];
}

/**
 * The scope as a request names it, resolved when the request is made. The embedded platform knows "all videos" itself; for a
 * hosted one the ids are listed. The API takes one collection: of further ones the members are listed.
 */
export async function resolveScope(scope: SearchScope, signal?: AbortSignal): Promise<Scope> {
  if ('all' in scope) {
    const { platform } = await queryClient.ensureQueryData(studioQuery);
    return platform === 'embedded' ? { allVideos: true } : { videoIds: await listSearchableIds(signal) };
  }
  const { videoIds = [], collectionIds: [collectionId, ...further] = [] } = scope;
  if (collectionId === undefined) return { videoIds };
  const ids = [...new Set([...videoIds, ...(await listMembersOfAll(further, signal))])];
  return ids.length > 0 ? { collectionId, videoIds: ids } : { collectionId };
}

/** The scope as a request would name it now, to be shown as code. */
export const resolvedScopeQuery = (scope: SearchScope) =>
  queryOptions({ queryKey: keys.videos.scope(scope), queryFn: ({ signal }) => resolveScope(scope, signal) });

/** The ids of all videos in a scope. */
export const scopeIdsQuery = (scope: SearchScope) =>
  queryOptions({
    queryKey: keys.videos.scopeIds(scope),
    queryFn: async ({ signal }) => {
      if ('all' in scope) return listSearchableIds(signal);
      const members = await listMembersOfAll(scope.collectionIds ?? [], signal);
      return [...new Set([...(scope.videoIds ?? []), ...members])];
    },
  });
