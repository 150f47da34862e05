import { queryOptions } from '@tanstack/react-query';
import type { VisualizationPoint } from '#api/contracts/search.ts';
import { type SegmentDetails, segmentsSchema } from '#api/contracts/segments.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import { api, fetchLocal } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';

/** One segment of a video, its times in seconds. */
export interface Segment {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly thumbnail: string | null;
  /** What is seen, in words; null where the platform tells nothing. */
  readonly text: string | null;
  /** What the analysis detected; null where the platform does not tell. */
  readonly details: SegmentDetails | null;
}

export interface VideoSegments {
  /** The API's color of the video; null where it gives none. */
  readonly color: string | null;
  readonly segments: readonly Segment[];
}

const fromDetails = (details: SegmentDetails): Segment => ({
  id: details.segment_id,
  ...readSegmentTimes(details),
  thumbnail: details.thumbnail_url,
  text: details.text,
  details,
});

const fromPoint = (point: VisualizationPoint): Segment => ({
  id: point.segment_id,
  ...readSegmentTimes(point),
  thumbnail: point.thumbnail_url ?? null,
  text: getText(point),
  details: null,
});

/**
 * A video's segments in order, for free. The embedded platform tells them with all it saw; of others they are known from
 * the video's map, which needs two segments at least.
 */
export const segmentsQuery = (videoId: string, platform: 'embedded' | 'remote') =>
  queryOptions({
    queryKey: keys.segments(videoId),
    queryFn: async ({ signal }): Promise<VideoSegments> => {
      if (platform === 'embedded') {
        const response = await fetchLocal(`/local/videos/${encodeURIComponent(videoId)}/segments`, { signal });
        const { color, segments } = segmentsSchema.parse(await response.json());
        return { color, segments: segments.map(fromDetails) };
      }
      const { videos, points } = await api.search.visualize({ videoIds: [videoId] }, { signal });
      const segments = points.map(fromPoint).sort((a, b) => a.start - b.start);
      return { color: videos[videoId]?.color ?? null, segments };
    },
    staleTime: 60_000,
  });
