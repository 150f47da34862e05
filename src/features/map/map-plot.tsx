import { useQuery } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import type { View } from '#engines/scatter/camera.ts';
import type { Outline, ScatterColors, ScatterMarks } from '#engines/scatter/scatter-data.ts';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import type { SelectionShape } from '#engines/scatter/select-inside.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { player, usePlayer } from '#shared/player/studio-player.ts';
import { videoTextQuery } from '#shared/videos/video-text.ts';
import { useUrlParameter } from '#ui/url-state.ts';
import classes from './map-page.module.css';
import { getSegment, getVideo, type MapPoints, type MapSegment, playheadAt } from './map-points.ts';
import { CAMERA } from './map-url.ts';
import type { PointActions } from './scatter/scatter-keys.ts';
import { ScatterView } from './scatter/scatter-view.tsx';

/** Where the map is looked at, in the URL. */
function useMapView(): [view: View, onView: (view: View) => void] {
  const [viewInUrl, setViewInUrl] = useUrlParameter(CAMERA);
  // The URL rounds: a view that the map itself has reported must not come back slightly changed.
  const lastReported = useRef<View | null>(null);
  const view = useMemo(() => {
    const { current } = lastReported;
    return current && CAMERA.format(current) === CAMERA.format(viewInUrl) ? current : viewInUrl;
  }, [viewInUrl]);
  const onView = useCallback(
    (seen: View) => {
      lastReported.current = seen;
      setViewInUrl(seen);
    },
    [setViewInUrl],
  );
  return [view, onView];
}

/** Moves the playhead on the map while a video plays: past React, since it moves with every frame. */
function usePlayhead(plot: RefObject<ScatterPlot | null>, points: MapPoints): void {
  useEffect(() => {
    const place = () => {
      const { source, time } = player.getState();
      const video = getVideo(points, source?.videoId);
      plot.current?.setPlayhead(video ? playheadAt(points, video, time) : null, time);
    };
    place();
    return player.subscribe(place);
  }, [plot, points]);
}

/** Runs `work` when the browser is idle, or soon where it has no `requestIdleCallback` (Safari). Returns a cancel function. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(() => work());
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, 1);
  return () => clearTimeout(timer);
}

const MAX_PRELOADED = 60;

/** Fetches the pictures of segments in sight while the page rests, so that a preview is there within a frame. */
function usePreload(plot: RefObject<ScatterPlot | null>, points: MapPoints, view: View): void {
  const fetched = useRef(new Set<string>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in sight changes with the view
  useEffect(() => {
    return whenIdle(() => {
      for (const index of plot.current?.inSight(MAX_PRELOADED) ?? []) {
        const url = points.getThumbnail(index);
        if (!url || fetched.current.has(url)) continue;
        fetched.current.add(url);
        new Image().src = url;
      }
    });
  }, [plot, points, view]);
}

const PREVIEW_WIDTH_PX = 208;

/** Lines of each kind that a preview has room for. */
const MAX_LINES = 2;

/** What is said and written in a segment, on the embedded platform. */
function useSegmentWords({ videoId, start, end }: MapSegment) {
  const { data: studio } = useQuery(studioQuery);
  const { data } = useQuery({ ...videoTextQuery(videoId), enabled: studio?.platform === 'embedded' });
  const isMeanwhile = ({ start_ms, end_ms }: { start_ms: number; end_ms: number }) =>
    start_ms < end * 1000 && end_ms > start * 1000;
  const toLines = (kind: string, cues: readonly { start_ms: number; end_ms: number; text: string }[] = []) =>
    cues
      .filter(isMeanwhile)
      .slice(0, MAX_LINES)
      .map(({ text }) => ({ kind, text }));
  return [...toLines('Said', data?.tracks[0]?.cues), ...toLines('On screen', data?.on_screen)];
}

interface PointPreviewProps {
  readonly segment: MapSegment;
  readonly title: string;
  readonly at: { x: number; y: number };
  onShow(): void;
}

/** The segment under the pointer: its frame, its video, its time. Stands beside the point, inside the plot. */
function PointPreview({ segment, title, at, onShow }: PointPreviewProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each segment
  useEffect(onShow, [segment.videoId, segment.start]);
  const words = useSegmentWords(segment);
  const left = at.x > PREVIEW_WIDTH_PX + 40 ? at.x - PREVIEW_WIDTH_PX - 16 : at.x + 16;
  return (
    <figure className={classes.preview} style={{ left, top: Math.max(8, at.y - 90), margin: 0 }}>
      {segment.thumbnail && <img src={segment.thumbnail} alt="" />}
      <div>
        <strong>{title}</strong> · {formatClock(segment.start)}–{formatClock(segment.end)}
        {segment.text && <p>{segment.text}</p>}
        {words.map(({ kind, text }) => (
          <p key={`${kind} ${text}`}>
            {kind}: “{text}”
          </p>
        ))}
      </div>
    </figure>
  );
}

interface MapPlotProps extends PointActions {
  readonly plot: RefObject<ScatterPlot | null>;
  readonly points: MapPoints;
  readonly colors: ScatterColors;
  readonly states: Uint8Array | null;
  /** Of clusters. */
  readonly outlines: readonly Outline[];
  /** Of regions that were saved. */
  readonly regions: readonly Outline[];
  readonly highlighted: readonly number[];
  readonly active: number | null;
  onSelect(shape: SelectionShape): void;
  /** The pointer is on a point: it may be played next. */
  onNear(index: number): void;
  getName(videoId: string): string;
}

const NO_PATH: readonly number[] = [];
const NO_OUTLINES: readonly Outline[] = [];

/** The map itself: its points, what is marked among them, and where the playing video is. */
export function MapPlot({
  plot,
  points,
  outlines,
  regions,
  highlighted,
  active,
  getName,
  onNear,
  ...rest
}: MapPlotProps) {
  const { mapAxes, mapClusters, mapPath } = usePreferences();
  const [view, onView] = useMapView();
  const playing = usePlayer(({ source }) => source?.videoId);
  const path = (mapPath && getVideo(points, playing)?.path) || NO_PATH;
  const marks = useMemo((): ScatterMarks => ({ active, highlighted, path }), [active, highlighted, path]);
  // The names of regions come first: they were given by a person.
  const drawn = useMemo(
    () => [...regions, ...(mapClusters ? outlines : NO_OUTLINES)],
    [regions, outlines, mapClusters],
  );
  usePlayhead(plot, points);
  usePreload(plot, points, view);
  return (
    <ScatterView
      {...rest}
      plot={plot}
      points={points.places}
      marks={marks}
      outlines={drawn}
      hasAxes={mapAxes}
      view={view}
      onView={onView}
      label={`Map of ${plural(points.count, 'segment')}`}
      describe={(index) => {
        const segment = getSegment(points, index);
        if (!segment) return '';
        const { videoId, start, end, text } = segment;
        return `${getName(videoId)}, ${formatClock(start)} to ${formatClock(end)}${text ? `: ${text}` : ''}`;
      }}
      renderHover={(index, at) => {
        const segment = getSegment(points, index);
        return (
          segment && (
            <PointPreview segment={segment} title={getName(segment.videoId)} at={at} onShow={() => onNear(index)} />
          )
        );
      }}
    />
  );
}
