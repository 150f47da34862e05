import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { inParallel } from '#api/recipes/in-parallel.ts';
import type { VideoEmbeddings } from '#api/schemas/embeddings.ts';
import { videoEmbeddingsQuery } from '#queries/embeddings.ts';
import type { MapPoints } from './map-points.ts';
import { vectorsOf } from './vectors.ts';

/** Videos whose vectors are fetched at once. */
const AT_ONCE = 3;

/** The vectors of the map's moments. They cost a credit a video, so they come when asked for, and stay for the visit. */
export function useVectors(points: MapPoints) {
  const client = useQueryClient();
  const fetched = useQueries({
    queries: points.videos.map(({ id }) => ({ ...videoEmbeddingsQuery(id), enabled: false })),
    combine: knownOf,
  });
  const vectors = useMemo(() => vectorsOf(points, fetched), [points, fetched]);
  const known = new Set(fetched.map(({ id }) => id));
  const missing = points.videos.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => inParallel(missing, AT_ONCE, (id) => client.fetchQuery(videoEmbeddingsQuery(id))),
  });
  return { vectors, cost: missing.length, fetch: () => mutate(), isFetching: isPending, error };
}
export type MapVectorsState = ReturnType<typeof useVectors>;

const knownOf = (results: { data: VideoEmbeddings | undefined }[]): VideoEmbeddings[] =>
  results.flatMap(({ data }) => data ?? []);
