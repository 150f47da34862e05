import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { inParallel } from '#api/concurrency.ts';
import type { Collection } from '#api/contracts/collections.ts';
import type { CollectionVideosParams } from '#api/resources/collections.ts';
import { getOrCreateCollection } from '#api/workflows/collections.ts';
import { api, keepaliveApi, queryClient } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { sendForEach } from '#shared/platform/send-for-each.ts';

const PAGE_SIZE = 100;

interface Page {
  readonly page: number;
  readonly page_size: number;
  readonly total: number;
}

const nextPage = ({ page, page_size, total }: Page) => (page * page_size < total ? page + 1 : undefined);

/** Collections, page after page, newest first. */
export const collectionsQuery = () =>
  infiniteQueryOptions({
    queryKey: keys.collections.list,
    queryFn: ({ pageParam, signal }) => api.collections.list({ page: pageParam, pageSize: PAGE_SIZE }, { signal }),
    initialPageParam: 1,
    getNextPageParam: nextPage,
  });

/** All collections, newest first. What the page after page list has is shown until they have come. */
export const allCollectionsQuery = queryOptions({
  queryKey: keys.collections.everything,
  queryFn: async ({ signal }) => {
    const collections: Collection[] = [];
    for await (const collection of api.collections.iterate(PAGE_SIZE, { signal })) collections.push(collection);
    return collections;
  },
  placeholderData: () => queryClient.getQueryData(collectionsQuery().queryKey)?.pages.flatMap(({ data }) => data),
});

/** A collection's videos, page after page. */
export const collectionVideosQuery = (id: string, order: Pick<CollectionVideosParams, 'sortBy' | 'sortOrder'> = {}) =>
  infiniteQueryOptions({
    queryKey: keys.collections.videos(id, order),
    queryFn: ({ pageParam, signal }) =>
      api.collections.listVideos(id, { ...order, page: pageParam, pageSize: PAGE_SIZE }, { signal }),
    initialPageParam: 1,
    getNextPageParam: nextPage,
  });

/** What a change of a collection's members makes old. Searches and maps tell by themselves that they are (`library-changes`). */
const refreshMembers = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: keys.collections.all }),
    client.invalidateQueries({ queryKey: keys.videos.all }),
  ]);

export function useCreateCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, description }: { name: string; description?: string }) =>
      api.collections.create(name, description),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.collections.list }),
  });
}

/** Renames or describes; the lists show the new words at once, and take them back when the platform refuses. */
export function useUpdateCollection() {
  const client = useQueryClient();
  const { queryKey } = collectionsQuery();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: { name?: string; description?: string | null } }) =>
      api.collections.update(id, change),
    onMutate: async ({ id, change }) => {
      await client.cancelQueries({ queryKey });
      const before = { list: client.getQueryData(queryKey), all: client.getQueryData(allCollectionsQuery.queryKey) };
      const changed = (collection: Collection) =>
        collection.collection_id === id ? { ...collection, ...change } : collection;
      client.setQueryData(queryKey, (known) =>
        known ? { ...known, pages: known.pages.map((page) => ({ ...page, data: page.data.map(changed) })) } : known,
      );
      client.setQueryData(allCollectionsQuery.queryKey, (known) => known?.map(changed));
      return before;
    },
    onError: (_error, _variables, before) => {
      client.setQueryData(queryKey, before?.list);
      client.setQueryData(allCollectionsQuery.queryKey, before?.all);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.collections.list }),
  });
}

export function useDeleteCollection() {
  const client = useQueryClient();
  return useMutation({
    // Also sent when the page is being left.
    mutationFn: (id: string) => keepaliveApi.collections.delete(id),
    onSettled: () => refreshMembers(client),
  });
}

/** The collection of that name, made when there is none. */
export function useGetOrCreateCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => getOrCreateCollection(api, name),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.collections.list }),
  });
}

/** Of one bulk action. */
const MAX_PARALLEL_REQUESTS = 6;

/** Adds videos to a collection. Resolves to how each fared: `error` is null where it went in. */
export function useAddVideosToCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, videoIds }: { id: string; videoIds: readonly string[] }) =>
      inParallel(videoIds, MAX_PARALLEL_REQUESTS, async (videoId) => {
        try {
          await api.collections.addVideo(id, videoId);
          return { videoId, error: null };
        } catch (error) {
          return { videoId, error };
        }
      }),
    onSettled: () => refreshMembers(client),
  });
}

/** Removes videos from a collection; they stay in the library. The requests are sent even when the page is left right away. */
export function useRemoveFromCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, videoIds }: { id: string; videoIds: readonly string[] }) => {
      const [failed] = await sendForEach(videoIds, (videoId) => keepaliveApi.collections.removeVideo(id, videoId));
      if (failed) throw failed.error;
    },
    onSettled: () => refreshMembers(client),
  });
}
