import { Button, Text } from '@mantine/core';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import type { Neighbor } from '#shared/embeddings/cosine.ts';
import type { MapPoints } from './map-points.ts';
import type { MapVectorsState } from './map-vectors.ts';
import { SegmentList } from './segment-list.tsx';

interface NearestPanelProps {
  readonly points: MapPoints;
  /** The point whose neighbors are wanted; null before one is chosen. */
  readonly of: number | null;
  readonly neighbors: readonly Neighbor[];
  readonly vectors: MapVectorsState;
  readonly active: number | null;
  onPick(index: number): void;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

/** The segments most like one, by the cosine of their vectors rather than by their places on the map. */
export function NearestPanel({ points, of, neighbors, vectors, active, onPick, getVideo, getName }: NearestPanelProps) {
  const segment = of === null ? undefined : points.segments[of];
  if (!segment) {
    return (
      <Text size="sm" c="var(--studio-quiet)">
        Select a point to list the most similar segments.
      </Text>
    );
  }
  return (
    <>
      <Text size="sm" c="var(--studio-quiet)">
        Most like {getName(segment.videoId)}, {formatClock(segment.start)}–{formatClock(segment.end)}; by cosine of the
        vectors, 1 is the same.
      </Text>
      {vectors.cost > 0 && (
        <Button variant="default" onClick={vectors.fetch} loading={vectors.isFetching}>
          Fetch the vectors of {plural(vectors.cost, 'video')} ({plural(vectors.cost, 'credit')})
        </Button>
      )}
      {vectors.error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(vectors.error)}
        </Text>
      )}
      <SegmentList
        label="Nearest segments"
        points={points}
        indices={neighbors.map(({ index }) => index)}
        active={active}
        aside={(position) => <span title="Cosine">{neighbors[position]?.cosine.toFixed(3)}</span>}
        onPick={onPick}
        getVideo={getVideo}
        getName={getName}
      />
    </>
  );
}
