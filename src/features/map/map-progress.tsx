import { Progress, Text } from '@mantine/core';
import type { MapRun, MapStage } from '#api/contracts/map.ts';
import { plural } from '#lib/format.ts';
import classes from './map-page.module.css';

const SENTENCES: Readonly<Record<MapStage, (segments: string) => string>> = {
  waiting: (segments) => `Waiting to place ${segments}: another map is being computed.`,
  reading: (segments) => `Reading the vectors of ${segments}.`,
  placing: (segments) => `Placing ${segments} by similarity.`,
};

const EXPECTATIONS = {
  nothing: 'The map appears in a moment; you can leave this page.',
  draft: 'The points move until it is ready.',
  before: 'The new layout appears when it is ready.',
} as const;

interface MapProgressProps {
  readonly run: MapRun;
  /** What the page shows meanwhile: nothing, the layout as far as it is, or the one before. */
  readonly shown: keyof typeof EXPECTATIONS;
}

/** How far the layout of a map is. */
export function MapProgress({ run: { stage, progress, segments }, shown }: MapProgressProps) {
  const percent = Math.floor(progress * 100);
  return (
    <div className={classes.progress}>
      <Text size="sm" role="status">
        {SENTENCES[stage](plural(segments, 'segment'))} {EXPECTATIONS[shown]}
      </Text>
      <Progress.Root size="sm">
        <Progress.Section value={percent} aria-label="Layout of the map" />
      </Progress.Root>
      <Text size="xs" c="var(--studio-quiet)">
        {percent} %
      </Text>
    </div>
  );
}
