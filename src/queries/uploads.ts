import { queryOptions } from '@tanstack/react-query';
import { derivedStatus, isTerminal } from '#api/status.ts';
import type { UploadFileOptions } from '#api/upload/upload-file.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';
import { pollInterval } from './polling.ts';

/** How far the three upload stages of a video are; polled until they end. */
export const uploadStatusQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.uploads.status(videoId),
    queryFn: ({ signal }) => api.uploads.getStatus(videoId, { signal }),
    refetchInterval: ({ state }) => {
      const ended = state.data !== undefined && isTerminal(derivedStatus(state.data));
      return pollInterval(!ended, state.dataUpdateCount);
    },
  });

/** Uploads one file in parts and starts its processing. */
export const sendFile = (file: File, options: Omit<UploadFileOptions, 'filename'>) =>
  api.uploads.uploadFile(file, { ...options, filename: file.name });
