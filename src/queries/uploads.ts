import { queryOptions } from '@tanstack/react-query';
import { derivedStatus } from '#api/status.ts';
import type { UploadFileOptions } from '#api/upload/upload-file.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';

const POLL_MS = 1_000;
const SLOW_POLL_MS = 5_000;
const SLOW_AFTER = 60;

/** How far the three upload stages of a video are; polled until they end, slower after the first minute. */
export const uploadStatusQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.uploads.status(videoId),
    queryFn: ({ signal }) => api.uploads.getStatus(videoId, { signal }),
    refetchInterval: ({ state }) => {
      const ended = state.data && ['completed', 'failed'].includes(derivedStatus(state.data));
      if (ended) return false;
      return state.dataUpdateCount > SLOW_AFTER ? SLOW_POLL_MS : POLL_MS;
    },
  });

/** Uploads one file in parts and starts its processing. */
export const sendFile = (file: File, options: Omit<UploadFileOptions, 'filename'>) =>
  api.uploads.uploadFile(file, { ...options, filename: file.name });
