import { afterEach, expect, test, vi } from 'vitest';
import { queryClient } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { refreshFreeQueries, studioQuery } from '#shared/platform/studio-queries.ts';
import { resolveScope, type SearchScope, scopeIdsQuery } from './scope.ts';
import { searchQuery } from './search-queries.ts';

const PROCESSED = 1_203;
const all: SearchScope = { all: true };

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

function behind(platform: 'embedded' | 'remote') {
  queryClient.setQueryData(studioQuery.queryKey, { platform, platform_url: null, version: '1', sign_in: 'off' });
}

const page = (ids: readonly string[]) =>
  Response.json({
    data: ids.map((video_id) => ({ video_id, name: video_id })),
    page: 1,
    page_size: 500,
    total: ids.length,
  });

/** A platform with many processed videos, one that is searchable only, and collections `c1` and `c2`. */
function stubPlatform() {
  const requested: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(input, 'http://studio');
    requested.push({ path: pathname, body: typeof init.body === 'string' ? JSON.parse(init.body) : null });
    if (pathname.endsWith('/videos/list')) {
      const [status, skip] = [searchParams.get('status'), Number(searchParams.get('skip'))];
      const count = status === 'processed' ? PROCESSED : 1;
      const length = Math.max(0, Math.min(Number(searchParams.get('limit')), count - skip));
      return Response.json(
        Array.from({ length }, (_, index) => ({ video_id: `${status}-${skip + index}`, name: 'Clip', status })),
      );
    }
    if (pathname.endsWith('/c1/videos')) return page(['v1', 'v2']);
    if (pathname.endsWith('/c2/videos')) return page(['v2', 'v3']);
    return Response.json([]);
  });
  return requested;
}

test('the embedded platform resolves all videos itself', async () => {
  behind('embedded');
  const requested = stubPlatform();
  expect(await resolveScope(all)).toEqual({ allVideos: true });
  expect(requested).toEqual([]);
});

test('for a hosted platform, every searchable video is named when the request is made', async () => {
  behind('remote');
  stubPlatform();
  const { videoIds, allVideos } = await resolveScope(all);
  expect(allVideos).toBeUndefined();
  expect(new Set(videoIds).size).toBe(PROCESSED + 1);
});

test('the first collection is named, of further ones the members are', async () => {
  stubPlatform();
  expect(await resolveScope({ videoIds: ['v0'] })).toEqual({ videoIds: ['v0'] });
  expect(await resolveScope({ collectionIds: ['c1'] })).toEqual({ collectionId: 'c1' });
  expect(await resolveScope({ videoIds: ['v0', 'v2'], collectionIds: ['c1', 'c2'] })).toEqual({
    collectionId: 'c1',
    videoIds: ['v0', 'v2', 'v3'],
  });
  expect(await queryClient.fetchQuery(scopeIdsQuery({ collectionIds: ['c1', 'c2'] }))).toEqual(['v1', 'v2', 'v3']);
});

test('a paid result outlives changes of the library and a sign-in', async () => {
  behind('embedded');
  const requested = stubPlatform();
  await queryClient.fetchQuery(searchQuery('car', all, 10));
  await queryClient.invalidateQueries({ queryKey: keys.videos.all });
  await queryClient.invalidateQueries({ queryKey: keys.collections.all });
  await refreshFreeQueries(queryClient);
  await queryClient.fetchQuery(searchQuery('car', all, 10));
  expect(requested).toMatchObject([{ body: { query: 'car', all_videos: true, top_k: 10 } }]);
});
