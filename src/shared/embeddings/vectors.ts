import { queryOptions, useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { inParallel } from '#api/concurrency.ts';
import type { VideoEmbeddingsResponse } from '#api/contracts/embeddings.ts';
import { api } from '#shared/platform/client.ts';
import { paidQueryOptions, sendPaid } from '#shared/platform/paid-request.ts';
import { keys } from '#shared/platform/query-keys.ts';

/** Vectors one after the other; a row of NaN where one is not known. */
export interface VectorRows {
  readonly dimensions: number;
  readonly rows: Float32Array;
}

/** The cosine of each row with a vector; NaN where the row is not known. */
export function cosinesWith({ dimensions, rows }: VectorRows, vector: ArrayLike<number>): Float32Array {
  const length = Math.hypot(...Array.from(vector)) || 1;
  return Float32Array.from({ length: rows.length / dimensions }, (_, index) => {
    let [dot, square] = [0, 0];
    for (let at = 0; at < dimensions; at += 1) {
      const value = rows[index * dimensions + at] ?? 0;
      dot += value * (vector[at] ?? 0);
      square += value * value;
    }
    return dot / (length * (Math.sqrt(square) || 1));
  });
}

export interface Neighbor {
  readonly index: number;
  readonly cosine: number;
}

/** The rows nearest to a vector by cosine, nearest first; unknown ones are left out. */
export const nearestRows = (vectors: VectorRows, vector: ArrayLike<number>, count: number): Neighbor[] =>
  Array.from(cosinesWith(vectors, vector), (cosine, index) => ({ index, cosine }))
    .filter(({ cosine }) => !Number.isNaN(cosine))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count);

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
