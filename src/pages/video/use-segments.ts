import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { VideoDetails } from '#api/schemas/videos.ts';
import { textOf } from '#components/video/text-of.ts';
import { isSearchable } from '#components/video/video-status.tsx';
import { parseTimecode } from '#lib/time.ts';
import { mapQuery } from '#queries/search.ts';

export interface Segment {
  readonly id: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly thumbnail: string | null;
  readonly text: string | null;
}

/** A video's segments in order. They come from its map, which is free; a video with one segment has none to list. */
export function useSegments(video: VideoDetails | undefined): { segments: readonly Segment[] } {
  const { data } = useQuery({
    ...mapQuery({ videoIds: [video?.video_id ?? ''] }),
    enabled: video !== undefined && isSearchable(video),
  });
  const segments = useMemo(
    () =>
      (data?.points ?? [])
        .map((point) => ({
          id: point.segment_id,
          start: parseTimecode(point.start),
          end: parseTimecode(point.end),
          thumbnail: point.thumbnail_url ?? null,
          text: textOf(point),
        }))
        .sort((a, b) => a.start - b.start),
    [data],
  );
  return { segments };
}
