import { Box, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { PlaylistItem } from '#engines/player/player-controller.ts';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import { MAX_DOCK_WIDTH, MIN_DOCK_WIDTH, usePreferences } from '#shared/browser-data/preferences-store.ts';
import { mapCode } from '#shared/code-samples/code-for.ts';
import { CodeSampleModal } from '#shared/code-samples/code-sample.tsx';
import { OpenPlayer } from '#shared/player/player-view.tsx';
import { player, prefetchStart, usePlayer, usePlayerSource } from '#shared/player/studio-player.ts';
import type { MapData } from '#shared/search/map-data.ts';
import { visualizationQuery } from '#shared/search/map-query.ts';
import { resolvedScopeQuery } from '#shared/search/scope.ts';
import type { useScope } from '#shared/search/use-scope.ts';
import { useVideoLookup } from '#shared/videos/video-lookup.ts';
import { ResizeHandle } from '#ui/resize-handle.tsx';
import { useShortcuts } from '#ui/shortcuts.ts';
import { ColorPanel } from './color-panel.tsx';
import { HighlightBox, useHighlightedPoints } from './highlight-box.tsx';
import classes from './map-page.module.css';
import { MapPlot } from './map-plot.tsx';
import { getSegment, getVideo, getVideoId, type MapPoints, pointAt, toMapPoints } from './map-points.ts';
import { nearestTo, useVectors } from './map-vectors.ts';
import { PlotMenu } from './plot-menu.tsx';
import { useRegions } from './region-queries.ts';
import { toRegionOutlines } from './regions.ts';
import { SavedRegions, SaveRegionButton } from './saved-regions.tsx';
import { NearestPanel, SelectedPanel } from './segment-panels.tsx';
import { SegmentTable } from './segment-table.tsx';
import { useClusters, useColoring } from './use-coloring.ts';
import { useFilters, usePointStates, useSelection } from './use-point-states.ts';

/** Plays segments of the map: one from its second on, or several in order. */
function useMapPlayer(points: MapPoints, getName: (videoId: string) => string) {
  const getSource = usePlayerSource();
  const segmentAt = (index: number): PlaylistItem[] => {
    const segment = getSegment(points, index);
    const hlsUrl = getVideo(points, segment?.videoId)?.hlsUrl;
    if (!segment || !hlsUrl || !getSource) return [];
    const { videoId, start, end } = segment;
    return [{ source: getSource({ videoId, title: getName(videoId), hlsUrl }), start, end }];
  };
  return {
    play: (index: number) => {
      for (const { source, start } of segmentAt(index)) player.open(source, start, true);
    },
    prefetch: (index: number) => {
      for (const { source, start } of segmentAt(index)) prefetchStart(source, start);
    },
    playInOrder: (indices: readonly number[]) => player.playInOrder(indices.flatMap(segmentAt)),
  };
}

/** How many nearest segments are listed, and highlighted. */
const NEAREST_COUNT = 12;
/** An answer of more segments is too long to be read. */
const MAX_ANSWER_SEGMENTS = 5_000;

interface MapExplorerProps {
  readonly data: MapData;
  readonly scope: ReturnType<typeof useScope>;
  readonly isTable: boolean;
  /** Whether the points are still being placed: a region that is saved now would hold others later. */
  readonly isDraft: boolean;
}

/** The map with all that can be asked of it: colors, filters, selection, neighbors, and the player beside it. */
export function MapExplorer({ data, scope, isTable, isDraft }: MapExplorerProps) {
  const points = useMemo(() => toMapPoints(data), [data]);
  const ids = useMemo(() => points.videos.map(({ id }) => id), [points]);
  const { getName, getVideo } = useVideoLookup(ids);
  const plot = useRef<ScatterPlot>(null);
  const clusters = useClusters(points);
  const vectors = useVectors(points);
  const coloring = useColoring(points, clusters, vectors, scope.scope);
  const filters = useFilters(points, clusters, coloring.by === 'cluster');
  const selection = useSelection(points, filters.hidden);
  const states = usePointStates(filters.hidden, selection.mask);
  const found = useHighlightedPoints(scope, points);
  const regions = useRegions(scope.scope, points);
  const regionOutlines = useMemo(() => toRegionOutlines(regions), [regions]);
  const player = useMapPlayer(points, getName);
  const active = usePlayer(({ source, time }) => pointAt(points, source?.videoId, time));
  const [panel, setPanel] = useState<string | null>(selection.indices.length > 0 ? 'selected' : 'colors');
  const hasDock = usePreferences((state) => state.mapDock);
  const dockWidth = usePreferences((state) => state.mapDockWidth);
  const [picked, setPicked] = useState<number | null>(null);
  const [showsCode, setShowsCode] = useState(false);
  const { data: resolved } = useQuery({ ...resolvedScopeQuery(scope.scope), enabled: showsCode });
  const hasAnswer = points.count <= MAX_ANSWER_SEGMENTS;
  const { data: answer } = useQuery({ ...visualizationQuery(scope.scope), enabled: showsCode && hasAnswer });

  const center = picked ?? active;
  const neighbors = useMemo(
    () =>
      panel === 'nearest' && vectors.vectors && center !== null
        ? nearestTo(vectors.vectors, center, NEAREST_COUNT)
        : [],
    [panel, vectors.vectors, center],
  );
  const highlighted = useMemo(
    () => (neighbors.length > 0 ? neighbors.map(({ index }) => index) : found.highlighted),
    [neighbors, found.highlighted],
  );
  const pick = (index: number) => {
    setPicked(index);
    player.play(index);
  };

  useShortcuts([
    {
      keys: ['Escape'],
      does: 'Clear selection',
      when: () => selection.indices.length > 0,
      run: selection.clear,
    },
  ]);

  return (
    <Box className={classes.explorer} data-dock={hasDock} __vars={{ '--dock-width': `${dockWidth}px` }}>
      <div className={classes.plot}>
        {isTable ? (
          <SegmentTable
            points={points}
            hidden={filters.hidden}
            highlighted={highlighted}
            active={active}
            onPick={pick}
            getName={getName}
          />
        ) : (
          <>
            <MapPlot
              plot={plot}
              points={points}
              colors={coloring.coloring.colors}
              states={states}
              outlines={clusters.outlines}
              regions={regionOutlines}
              highlighted={highlighted}
              active={active}
              onPick={pick}
              onNear={player.prefetch}
              onDoublePick={(index) => filters.videos.isolate(getVideoId(points, index))}
              onToggle={selection.toggle}
              onClear={selection.clear}
              onSelect={(shape) => {
                selection.add(shape);
                setPanel('selected');
              }}
              getName={getName}
            />
            <PlotMenu scope={scope.scope} plot={plot} onCode={() => setShowsCode(true)} />
          </>
        )}
      </div>
      <aside className={classes.side}>
        {hasDock && (
          <ResizeHandle
            label="Width of the side panel"
            width={dockWidth}
            min={MIN_DOCK_WIDTH}
            max={MAX_DOCK_WIDTH}
            onResize={(mapDockWidth) => usePreferences.getState().set({ mapDockWidth })}
          />
        )}
        <OpenPlayer className={classes.player} />
        {hasDock && (
          <>
            <HighlightBox found={found} />
            <Tabs value={panel} onChange={setPanel} keepMounted={false}>
              <Tabs.List grow mb="sm">
                <Tabs.Tab value="colors">Colors</Tabs.Tab>
                <Tabs.Tab value="selected">
                  Selected{selection.indices.length > 0 && ` · ${selection.indices.length}`}
                </Tabs.Tab>
                <Tabs.Tab value="nearest">Nearest</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="colors" className={classes.panel}>
                <ColorPanel
                  points={points}
                  clusters={clusters}
                  coloring={coloring}
                  vectors={vectors}
                  filters={filters}
                  states={states}
                  getName={getName}
                />
              </Tabs.Panel>
              <Tabs.Panel value="selected" className={classes.panel}>
                <SelectedPanel
                  saving={isDraft ? null : <SaveRegionButton shapes={selection.shapes} scope={scope.scope} />}
                  points={points}
                  indices={selection.indices}
                  active={active}
                  onPick={pick}
                  onNear={player.prefetch}
                  onPlay={player.playInOrder}
                  onFocus={(indices) => plot.current?.fitTo(indices)}
                  onClear={selection.clear}
                  getVideo={getVideo}
                  getName={getName}
                />
                <SavedRegions regions={regions} onSelect={selection.replace} />
              </Tabs.Panel>
              <Tabs.Panel value="nearest" className={classes.panel}>
                <NearestPanel
                  points={points}
                  of={center}
                  neighbors={neighbors}
                  vectors={vectors}
                  active={active}
                  onPick={player.play}
                  onNear={player.prefetch}
                  getVideo={getVideo}
                  getName={getName}
                />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </aside>
      {showsCode && resolved && (
        <CodeSampleModal
          title="This map as code"
          code={mapCode(resolved)}
          answer={answer ?? null}
          onClose={() => setShowsCode(false)}
        />
      )}
    </Box>
  );
}
