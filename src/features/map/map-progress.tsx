import { Progress, Text } from '@mantine/core';
import type { MapRun, MapStage } from '#api/contracts/map.ts';
import { plural } from '#lib/format.ts';
import classes from './map-page.module.css';

const SENTENCES: Readonly<Record<MapStage, (segments: string) => string>> = {
  waiting: (segments) => `Waiting to place ${segments}: another map is being computed.`,
  reading: (segments) => `Reading the vectors of ${segments}.`,
  placing: (segments) => `Placing ${segments} by what they show.`,
};

interface MapProgressProps {
  readonly run: MapRun;
  /** True when there is no map to be seen until it is ready. */
  readonly isFirst: boolean;
}

/** How far the layout of a map is. */
export function MapProgress({ run: { stage, progress, segments }, isFirst }: MapProgressProps) {
  const percent = Math.floor(progress * 100);
  return (
    <div className={classes.progress}>
      <Text size="sm" role="status">
        {SENTENCES[stage](plural(segments, 'segment'))}{' '}
        {isFirst
          ? 'The map appears when it is ready; you can leave this page.'
          : 'The new layout appears when it is ready.'}
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
