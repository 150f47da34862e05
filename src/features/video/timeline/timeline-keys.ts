import type { TimelineEngine } from '#engines/timeline/timeline-engine.ts';
import type { Shortcut } from '#ui/shortcuts/shortcut.ts';

/** The keys of the timeline, for the one that is shown; without one they are only told. */
export const timelineKeys = (engine: TimelineEngine | null): readonly Shortcut[] => [
  { keys: ['+', '='], shown: ['+'], does: 'Zoom the timeline in', run: () => engine?.zoomBy(2) },
  { keys: ['-', '_'], shown: ['-'], does: 'Zoom the timeline out', run: () => engine?.zoomBy(0.5) },
  { keys: ['\\'], does: 'Show the whole timeline', run: () => engine?.fit() },
];
