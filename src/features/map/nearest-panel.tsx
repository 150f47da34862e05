import { Button, Text } from '@mantine/core';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { sentenceOf } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import type { Neighbour } from '#shared/embeddings/cosine.ts';
import type { MapPoints } from './map-points.ts';
import { MomentList } from './segment-list.tsx';
import type { MapVectorsState } from './use-vectors.ts';

interface NearestPanelProps {
  readonly points: MapPoints;
  /** The point whose neighbours are wanted; null before one is chosen. */
  readonly of: number | null;
  readonly neighbours: readonly Neighbour[];
  readonly vectors: MapVectorsState;
  readonly active: number | null;
  onPick(index: number): void;
  videoOf(videoId: string): VideoListItem | undefined;
  nameOf(videoId: string): string;
}

/** The moments most like one, by the cosine of their vectors rather than by their places on the map. */
export function NearestPanel({ points, of, neighbours, vectors, active, onPick, videoOf, nameOf }: NearestPanelProps) {
  const moment = of === null ? undefined : points.moments[of];
  if (!moment) {
    return (
      <Text size="sm" c="var(--studio-quiet)">
        Choose a point: then the moments most like it stand here.
      </Text>
    );
  }
  return (
    <>
      <Text size="sm" c="var(--studio-quiet)">
        Most like {nameOf(moment.videoId)}, {formatClock(moment.start)}–{formatClock(moment.end)}; by cosine of the
        vectors, 1 is the same.
      </Text>
      {vectors.cost > 0 && (
        <Button variant="default" onClick={vectors.fetch} loading={vectors.isFetching}>
          Fetch the vectors of {plural(vectors.cost, 'video')} ({plural(vectors.cost, 'credit')})
        </Button>
      )}
      {vectors.error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {sentenceOf(vectors.error)}
        </Text>
      )}
      <MomentList
        label="Nearest moments"
        points={points}
        indices={neighbours.map(({ index }) => index)}
        active={active}
        aside={(position) => <span title="Cosine">{neighbours[position]?.cosine.toFixed(3)}</span>}
        onPick={onPick}
        videoOf={videoOf}
        nameOf={nameOf}
      />
    </>
  );
}
