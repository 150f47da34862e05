import { queryOptions } from '@tanstack/react-query';
import { type VideoText, videoTextSchema } from '#api/contracts/transcripts.ts';
import { fetchLocal } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';

/** What is said and written in a video of the embedded platform. */
export async function fetchVideoText(videoId: string, signal: AbortSignal): Promise<VideoText> {
  const path = `/local/videos/${encodeURIComponent(videoId)}/text`;
  return videoTextSchema.parse(await (await fetchLocal(path, { signal })).json());
}

/** The same, of a video that is not being processed. */
export const videoTextQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.videoTextState(videoId, false),
    queryFn: ({ signal }) => fetchVideoText(videoId, signal),
    staleTime: 60_000,
  });
