import { type RefObject, useMemo } from 'react';
import type { Outline, ScatterColors, ScatterMarks } from '#engines/scatter/scatter-data.ts';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import type { SelectionShape } from '#engines/scatter/select-inside.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { usePlayer } from '#shared/player/use-player.ts';
import { getVideo, type MapPoints } from './map-points.ts';
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
  readonly highlighted: readonly number[];
  readonly active: number | null;
  onSelect(shape: SelectionShape): void;
  getName(videoId: string): string;
}

const NO_PATH: readonly number[] = [];
const NO_OUTLINES: readonly Outline[] = [];

/** The map itself: its points, what is marked among them, and where the playing video is. */
export function MapPlot({ plot, points, outlines, highlighted, active, getName, ...rest }: MapPlotProps) {
  const { mapAxes, mapClusters, mapPath } = usePreferences();
  const [view, onView] = useMapView();
  const playing = usePlayer(({ source }) => source?.videoId);
  const path = (mapPath && getVideo(points, playing)?.path) || NO_PATH;
  const marks = useMemo((): ScatterMarks => ({ active, highlighted, path }), [active, highlighted, path]);
  usePlayhead(plot, points);
  usePreload(plot, points, view);
  const getSegment = (index: number) => points.segments[index];
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
      label={`Map of ${plural(points.segments.length, 'segment')}`}
      describe={(index) => {
        const segment = getSegment(index);
        if (!segment) return '';
        const { videoId, start, end, text } = segment;
        return `${getName(videoId)}, ${formatClock(start)} to ${formatClock(end)}${text ? `: ${text}` : ''}`;
      }}
      renderHover={(index, at) => {
        const segment = getSegment(index);
        return segment && <PointPreview segment={segment} title={getName(segment.videoId)} at={at} />;
      }}
    />
  );
}
