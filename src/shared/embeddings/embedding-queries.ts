import { queryOptions, useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { inParallel } from '#api/concurrency.ts';
import type { VideoEmbeddingsResponse } from '#api/contracts/embeddings.ts';
import { api } from '#shared/platform/client.ts';
import { paidQueryOptions, sendPaid } from '#shared/platform/paid-request.ts';
import { keys } from '#shared/platform/query-keys.ts';

const videoEmbeddingsQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.embeddings.video(videoId),
    queryFn: () => sendPaid('embeddings', () => api.embeddings.video(videoId)),
    ...paidQueryOptions,
  });

export const textEmbeddingQuery = (text: string) =>
  queryOptions({
    queryKey: keys.embeddings.text(text),
    queryFn: () => sendPaid('embeddings', () => api.embeddings.text(text)),
    ...paidQueryOptions,
  });

/** Videos whose vectors are fetched at once. */
const MAX_PARALLEL_VIDEOS = 3;

/** The vectors of videos. They cost a credit a video, so they come when asked for, and stay for the visit. */
export function useVideoVectors(videoIds: readonly string[]) {
  const client = useQueryClient();
  const fetched = useQueries({
    queries: videoIds.map((id) => ({ ...videoEmbeddingsQuery(id), enabled: false })),
    combine: getKnown,
  });
  const known = new Set(fetched.map(({ id }) => id));
  const missing = videoIds.filter((id) => !known.has(id));
  const { mutate, mutateAsync, isPending, error } = useMutation({
    mutationFn: () => inParallel(missing, MAX_PARALLEL_VIDEOS, (id) => client.fetchQuery(videoEmbeddingsQuery(id))),
  });
  return {
    fetched,
    /** Credits that fetching the rest costs. */
    cost: missing.length,
    fetch: () => mutate(),
    fetchAll: async (): Promise<VideoEmbeddingsResponse[]> => [...fetched, ...(await mutateAsync())],
    isFetching: isPending,
    error,
  };
}
export type VideoVectors = ReturnType<typeof useVideoVectors>;

const getKnown = (results: { data: VideoEmbeddingsResponse | undefined }[]): VideoEmbeddingsResponse[] =>
  results.flatMap(({ data }) => data ?? []);
