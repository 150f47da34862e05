import { type RefObject, useMemo } from 'react';
import type { Outline, ScatterColors, ScatterMarks } from '#engines/scatter/scatter-data.ts';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import type { SelectionShape } from '#engines/scatter/select-inside.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { usePlayer } from '#shared/player/use-player.ts';
import { type MapPoints, videoOf } from './map-points.ts';
import { PointPreview } from './point-preview.tsx';
import type { PointActions } from './scatter/scatter-keys.ts';
import { ScatterView } from './scatter/scatter-view.tsx';
import { useMapView } from './use-map-view.ts';
import { usePlayhead } from './use-playhead.ts';
import { usePreload } from './use-preload.ts';

interface MapPlotProps extends PointActions {
  readonly plot: RefObject<ScatterPlot | null>;
  readonly points: MapPoints;
  readonly colors: ScatterColors;
  readonly states: Uint8Array | null;
  readonly outlines: readonly Outline[];
  readonly lit: readonly number[];
  readonly active: number | null;
  onSelect(shape: SelectionShape): void;
  nameOf(videoId: string): string;
}

const NO_PATH: readonly number[] = [];
const NO_OUTLINES: readonly Outline[] = [];

/** The map itself: its points, what is marked among them, and where the playing video is. */
export function MapPlot({ plot, points, outlines, lit, active, nameOf, ...rest }: MapPlotProps) {
  const { mapAxes, mapClusters, mapPath } = usePreferences();
  const [view, onView] = useMapView();
  const playing = usePlayer(({ source }) => source?.videoId);
  const path = (mapPath && videoOf(points, playing)?.path) || NO_PATH;
  const marks = useMemo((): ScatterMarks => ({ active, lit, path }), [active, lit, path]);
  usePlayhead(plot, points);
  usePreload(plot, points, view);
  const momentOf = (index: number) => points.moments[index];
  return (
    <ScatterView
      {...rest}
      plot={plot}
      points={points.places}
      marks={marks}
      outlines={mapClusters ? outlines : NO_OUTLINES}
      hasAxes={mapAxes}
      view={view}
      onView={onView}
      label={`Map of ${plural(points.moments.length, 'moment')}`}
      describe={(index) => {
        const moment = momentOf(index);
        if (!moment) return '';
        const { videoId, start, end, text } = moment;
        return `${nameOf(videoId)}, ${formatClock(start)} to ${formatClock(end)}${text ? `: ${text}` : ''}`;
      }}
      renderHover={(index, at) => {
        const moment = momentOf(index);
        return moment && <PointPreview moment={moment} title={nameOf(moment.videoId)} at={at} />;
      }}
    />
  );
}
