import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { videoTextSchema } from '#api/contracts/transcripts.ts';
import { fetchLocal, sendLocal } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';

const toPath = (videoId: string) => `/local/videos/${encodeURIComponent(videoId)}`;

/** What is said and written in a video, on the embedded platform. */
export const videoTextQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.videoText(videoId),
    queryFn: async ({ signal }) =>
      videoTextSchema.parse(await (await fetchLocal(`${toPath(videoId)}/text`, { signal })).json()),
    staleTime: 60_000,
  });

/** The URL of a track as a file. */
export const getTranscriptUrl = (videoId: string, trackId: string, format: 'srt' | 'vtt' | 'txt') =>
  `${toPath(videoId)}/tracks/${encodeURIComponent(trackId)}/transcript.${format}`;

/** Changes of a video's words; what is listed and searched has them at once. */
export function useTranscriptChanges(videoId: string) {
  const client = useQueryClient();
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.videoText(videoId) }),
      client.invalidateQueries({ queryKey: keys.segments(videoId) }),
    ]);
  const add = useMutation({
    mutationFn: (file: File) =>
      fetchLocal(`${toPath(videoId)}/subtitles?name=${encodeURIComponent(file.name)}`, {
        method: 'POST',
        body: file,
        headers: { 'content-type': 'text/plain' },
      }),
    onSuccess,
  });
  const edit = useMutation({
    mutationFn: ({ cueId, text }: { cueId: string; text: string }) =>
      sendLocal(`${toPath(videoId)}/cues/${encodeURIComponent(cueId)}`, 'PATCH', { text }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (trackId: string) =>
      fetchLocal(`${toPath(videoId)}/tracks/${encodeURIComponent(trackId)}`, { method: 'DELETE' }),
    onSuccess,
  });
  return { add, edit, remove };
}
