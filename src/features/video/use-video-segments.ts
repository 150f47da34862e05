import { useQuery } from '@tanstack/react-query';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { isSearchable } from '#api/status.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { type Segment, segmentsQuery, type VideoSegments } from '#shared/segments/segment-queries.ts';

const NONE: readonly Segment[] = [];

/** A video's segments and its color, once there are any. */
export function useVideoSegments(video: VideoDetails | undefined): VideoSegments & { isPending: boolean } {
  const { data: studio } = useQuery(studioQuery);
  const enabled = studio !== undefined && video !== undefined && isSearchable(video);
  const { data, isLoading } = useQuery({
    ...segmentsQuery(video?.video_id ?? '', studio?.platform ?? 'embedded'),
    enabled,
  });
  return { segments: data?.segments ?? NONE, color: data?.color ?? null, isPending: isLoading };
}
