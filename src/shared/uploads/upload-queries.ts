import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { derivedStatus, isTerminal } from '#api/status.ts';
import type { UploadSession } from '#api/upload/upload-session.ts';
import { api } from '#shared/platform/client.ts';
import { getPollInterval, withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';

/** How far the three upload stages of a video are; polled until they end. */
export const uploadStatusQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.uploads.status(videoId),
    queryFn: ({ signal }) => api.uploads.getStatus(videoId, { signal }),
    refetchInterval: ({ state }) => {
      const ended = state.data !== undefined && isTerminal(derivedStatus(state.data));
      return withBackoff(getPollInterval(!ended, state.dataUpdateCount), state);
    },
  });

/** Drops an upload that was begun. It may be gone already, so nothing is said when the platform does not know it. */
export const abortUpload = ({ s3ObjectName, uploadId }: UploadSession) =>
  api.uploads.abortMultipart({ s3ObjectName, uploadId }).catch(() => undefined);

/** Has the platform import a video from YouTube; resolves to its id and name. */
export function useImportYoutube() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ url, name }: { url: string; name: string | undefined }) => {
      const { video_id } = await api.uploads.importYoutube(url, name);
      return api.videos.get(video_id);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.videos.all }),
  });
}
