import { create } from 'zustand';
import type { TimelineEngine } from '#engines/timeline/timeline-engine.ts';
import {
  getMarkers,
  markerActions,
  useMarkers,
  type VideoMarkers,
  whenMarkersKnown,
} from '#shared/browser-data/markers-store.ts';
import { player } from '#shared/player/studio-player.ts';
import type { Shortcut } from '#ui/shortcuts.ts';

/** The keys of the timeline, for the one that is shown; without one they are only told. */
export const timelineKeys = (engine: TimelineEngine | null): readonly Shortcut[] => [
  { keys: ['+', '='], shown: ['+'], does: 'Zoom the timeline in', run: () => engine?.zoomBy(2) },
  { keys: ['-', '_'], shown: ['-'], does: 'Zoom the timeline out', run: () => engine?.zoomBy(0.5) },
  { keys: ['\\'], does: 'Show the whole timeline', run: () => engine?.fit() },
];

/** Does something to the marks of the video that is open, and at the time of the press, also where the marks are known later. */
const withOpen = (act: (videoId: string, now: number) => void) => () => {
  const videoId = player.getState().source?.videoId;
  const now = player.engine.playhead;
  if (videoId) whenMarkersKnown(() => act(videoId, now));
};

/** Sets the in point where the playhead is. */
export const setIn = withOpen((videoId, now) => markerActions.setIn(videoId, now));
/** Sets the out point where the playhead is. */
export const setOut = withOpen((videoId, now) => markerActions.setOut(videoId, now));

/** Takes in and out points away, and the loop between them. */
export const clearInOut = withOpen((videoId) => {
  markerActions.setIn(videoId, null);
  markerActions.setOut(videoId, null);
  player.setLoop(null);
});

/** The marker whose note is being edited; null when none is. */
export const useEditedMarker = create<{ readonly id: string | null }>()(() => ({ id: null }));

/** The playhead is at a marker when it is no farther from it. */
const MARKER_TOLERANCE_SECONDS = 0.02;

/**
 * Marks the range between in and out, or the time where the playhead is. Where that is marked already, the note of the marker
 * is edited.
 */
export const addMarker = withOpen((videoId, now) => {
  const { marks, ...points } = getMarkers(useMarkers.getState(), videoId);
  const isRange = points.in !== null && points.out !== null;
  const [start, end] = isRange ? [points.in ?? now, points.out ?? now] : [now, now];
  const known = marks.find(
    (mark) =>
      Math.abs(mark.start - start) < MARKER_TOLERANCE_SECONDS && Math.abs(mark.end - end) < MARKER_TOLERANCE_SECONDS,
  );
  if (known) useEditedMarker.setState({ id: known.id });
  else markerActions.add(videoId, start, end);
});

/** What repeats between points; without them, from the start or to the end. */
const getRange = (marks: Pick<VideoMarkers, 'in' | 'out'>, duration: number) => ({
  start: marks.in ?? 0,
  end: marks.out ?? duration,
});

/** Plays what lies between in and out again and again, or ends that. Without points the whole video is what repeats. */
export const toggleLoop = withOpen((videoId, now) => {
  const { loop, duration } = player.getState();
  if (loop) {
    player.setLoop(null);
    return;
  }
  const range = getRange(getMarkers(useMarkers.getState(), videoId), duration);
  player.setLoop(range);
  if (now < range.start || now >= range.end) player.seek(range.start, true);
});

/** A loop follows its points when they are moved. */
useMarkers.subscribe(({ byVideo }, before) => {
  const { source, loop, duration } = player.getState();
  if (!loop || !source) return;
  const [now, was] = [byVideo.get(source.videoId), before.byVideo.get(source.videoId)];
  if (now && (now.in !== was?.in || now.out !== was?.out)) player.setLoop(getRange(now, duration));
});

/** How far the playhead may be past a start that still counts as the current one. */
const START_TOLERANCE_SECONDS = 0.5;

/** Seeks to the nearest of some times (seconds, in order) before or after the playhead. */
function seekToNeighbor(times: readonly number[], by: 1 | -1): void {
  const now = player.engine.playhead;
  const next =
    by > 0
      ? times.find((time) => time > now + MARKER_TOLERANCE_SECONDS)
      : times.findLast((time) => time < now - START_TOLERANCE_SECONDS);
  if (next !== undefined) player.seek(next);
}

const seekToMarker = (by: 1 | -1) =>
  withOpen((videoId) => {
    const { marks } = getMarkers(useMarkers.getState(), videoId);
    seekToNeighbor(
      marks.map(({ start }) => start),
      by,
    );
  });

/** The keys that go along the timeline: to hits where there are some, otherwise to segments; with shift to markers. */
export const neighborKeys = (starts: readonly number[]): readonly Shortcut[] => [
  { keys: ['n'], does: 'Next hit or segment', run: () => seekToNeighbor(starts, 1) },
  { keys: ['p'], does: 'Previous hit or segment', run: () => seekToNeighbor(starts, -1) },
  { keys: ['n'], shift: true, shown: ['shift', 'N'], does: 'Next marker', run: seekToMarker(1) },
  { keys: ['p'], shift: true, shown: ['shift', 'P'], does: 'Previous marker', run: seekToMarker(-1) },
];

/** The keys of in and out points and marks. */
export const MARKER_KEYS: readonly Shortcut[] = [
  { keys: ['i'], does: 'Set the in point', run: setIn },
  { keys: ['o'], does: 'Set the out point', run: setOut },
  { keys: ['x'], does: 'Clear in/out', run: clearInOut },
  { keys: ['r'], does: 'Loop in/out', run: toggleLoop },
  { keys: ['m'], does: 'Add a marker; again to edit its note', run: addMarker },
];
