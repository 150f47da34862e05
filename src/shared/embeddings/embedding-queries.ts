import { queryOptions } from '@tanstack/react-query';
import { api } from '#shared/platform/client.ts';
import { paidQueryOptions, sendPaid } from '#shared/platform/paid-request.ts';
import { keys } from '#shared/platform/query-keys.ts';

export const videoEmbeddingsQuery = (videoId: string) =>
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
