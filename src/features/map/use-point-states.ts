import { useCallback, useEffect, useMemo, useRef } from 'react';
import { NO_CLUSTER } from '#engines/scatter/clusters.ts';
import { DIMMED, HIDDEN, NORMAL } from '#engines/scatter/scatter-data.ts';
import { type SelectionShape, selectInside, toBox } from '#engines/scatter/select-inside.ts';
import { pushUndo } from '#shared/undo/undo-stack.ts';
import { type UrlParameter, useUrlParameter } from '#ui/url-state.ts';
import { getVideoId, type MapPoints } from './map-points.ts';
import {
  CLUSTER_FILTER,
  type Filter,
  isolateEntry,
  isShown,
  SELECTION,
  SHOW_ALL,
  toggleEntry,
  VIDEO_FILTER,
} from './map-url.ts';
import type { MapClusters } from './use-coloring.ts';

export interface LegendFilter {
  readonly filter: Filter;
  isShown(key: string): boolean;
  toggle(key: string): void;
  isolate(key: string): void;
  showAll(): void;
}

/** Which entries of a legend are shown, in the URL. */
function useFilter(parameter: UrlParameter<Filter>): LegendFilter {
  const [filter, setFilter] = useUrlParameter(parameter);
  return useMemo(
    () => ({
      filter,
      isShown: (key) => isShown(filter, key),
      toggle: (key) => setFilter(toggleEntry(filter, key)),
      isolate: (key) => setFilter(isolateEntry(filter, key)),
      showAll: () => setFilter(SHOW_ALL),
    }),
    [filter, setFilter],
  );
}

export interface MapFilters {
  readonly videos: LegendFilter;
  readonly clusters: LegendFilter;
  /** HIDDEN for each point that a legend hides; null when none is. */
  readonly hidden: Uint8Array | null;
}

/** What the legends hide. Clusters hide points only while they are what the colors mean. */
export function useFilters(
  { videos: all, group }: MapPoints,
  { clusters }: MapClusters,
  byCluster: boolean,
): MapFilters {
  const videos = useFilter(VIDEO_FILTER);
  const groups = useFilter(CLUSTER_FILTER);
  const hidden = useMemo(() => {
    const ofVideos = Uint8Array.from(all, ({ id }) => (videos.isShown(id) ? NORMAL : HIDDEN));
    const names = [NO_CLUSTER, ...clusters.sizes.keys()];
    /** By the number of the cluster and one. */
    const ofClusters = Uint8Array.from(names, (name) => (!byCluster || groups.isShown(String(name)) ? NORMAL : HIDDEN));
    if (!ofVideos.includes(HIDDEN) && !ofClusters.includes(HIDDEN)) return null;
    const states = new Uint8Array(group.length);
    for (let index = 0; index < group.length; index += 1)
      states[index] = ofVideos[group[index] ?? 0] || ofClusters[(clusters.of[index] ?? NO_CLUSTER) + 1] || NORMAL;
    return states.includes(HIDDEN) ? states : null;
  }, [all, group, clusters, byCluster, videos, groups]);
  return { videos, clusters: groups, hidden };
}

/** How each point stands: hidden by a legend, dimmed since others are selected, or normal. */
export function usePointStates(hidden: Uint8Array | null, selected: Uint8Array | null): Uint8Array | null {
  return useMemo(
    () =>
      selected
        ? selected.map((value, index) => (hidden?.[index] === HIDDEN ? HIDDEN : value === 1 ? NORMAL : DIMMED))
        : hidden,
    [hidden, selected],
  );
}

/** Half the side of the square that takes one point, in data units. */
const AROUND = 4e-6;

/** The shapes that select, in the URL. Each change of them can be undone while the map is open. */
function useShapes() {
  const [shapes, setShapes] = useUrlParameter(SELECTION);
  // The setter of this render knows the rest of the URL as it is now.
  const latest = useRef(setShapes);
  useEffect(() => {
    latest.current = setShapes;
  });
  const removals = useRef<(() => void)[]>([]);
  useEffect(
    () => () => {
      for (const remove of removals.current) remove();
    },
    [],
  );
  const change = useCallback(
    (next: readonly SelectionShape[]) => {
      removals.current.push(pushUndo(() => latest.current(shapes)));
      latest.current(next);
    },
    [shapes],
  );
  return [shapes, change] as const;
}

/** The selected segments: whatever lies in the shapes that the URL holds, and is not hidden. */
export function useSelection(points: MapPoints, hidden: Uint8Array | null) {
  const { places, starts } = points;
  const [shapes, changeShapes] = useShapes();
  const mask = useMemo(() => {
    const inside = selectInside(places, shapes);
    return inside && hidden ? inside.map((value, index) => (hidden[index] === HIDDEN ? 0 : value)) : inside;
  }, [places, shapes, hidden]);
  /** In the order of videos and time. */
  const indices = useMemo(() => {
    const selected: number[] = [];
    mask?.forEach((value, index) => {
      if (value === 1) selected.push(index);
    });
    return selected.sort(
      (a, b) => getVideoId(points, a).localeCompare(getVideoId(points, b)) || (starts[a] ?? 0) - (starts[b] ?? 0),
    );
  }, [points, starts, mask]);
  const add = (shape: SelectionShape) => {
    changeShapes([...(shape.does === 'choose' ? [] : shapes), shape]);
  };
  const toggle = (index: number) => {
    const [x, y] = [places.x[index] ?? 0, places.y[index] ?? 0];
    const polygon = toBox({ x: x - AROUND, y: y - AROUND }, { x: x + AROUND, y: y + AROUND });
    add({ does: mask?.[index] === 1 ? 'subtract' : 'add', polygon });
  };
  const clear = () => {
    if (shapes.length > 0) changeShapes([]);
  };
  return { mask, indices, shapes, add, replace: changeShapes, toggle, clear };
}

/** How many of some points are shown, and selected where some are: what a legend counts. */
export function countShown(indices: readonly number[], states: Uint8Array | null): number {
  if (!states) return indices.length;
  let count = 0;
  for (const index of indices) if (states[index] === NORMAL) count += 1;
  return count;
}
