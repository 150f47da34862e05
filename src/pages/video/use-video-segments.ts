import { useQuery } from '@tanstack/react-query';
import type { VideoDetails } from '#api/schemas/videos.ts';
import { isSearchable } from '#api/status.ts';
import { type Segment, segmentsQuery, type VideoSegments } from '#queries/segments.ts';
import { studioQuery } from '#queries/studio.ts';

const NONE: readonly Segment[] = [];

/** A video's segments and its colour, once there are any. */
export function useVideoSegments(video: VideoDetails | undefined): VideoSegments & { isPending: boolean } {
  const { data: studio } = useQuery(studioQuery);
  const enabled = studio !== undefined && video !== undefined && isSearchable(video);
  const { data, isLoading } = useQuery({
    ...segmentsQuery(video?.video_id ?? '', studio?.platform ?? 'embedded'),
    enabled,
  });
  return { segments: data?.segments ?? NONE, color: data?.color ?? null, isPending: isLoading };
}
