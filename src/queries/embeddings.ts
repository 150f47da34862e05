import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';
import { keys } from './keys.ts';

/** Costs a credit each time it runs, so what has come is kept for the whole visit and never fetched again by itself. */
const paid = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY, retry: false } as const;

export const videoEmbeddingsQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.embeddings.video(videoId),
    queryFn: ({ signal }) => api.embeddings.video(videoId, { signal }),
    ...paid,
  });

export const textEmbeddingQuery = (text: string) =>
  queryOptions({
    queryKey: keys.embeddings.text(text),
    queryFn: ({ signal }) => api.embeddings.text(text, { signal }),
    ...paid,
  });
