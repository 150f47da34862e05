import { DIRECTIONS } from '#engines/scatter/nearest-in-direction.ts';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import type { Shortcut } from '#ui/shortcuts.ts';

/** What can be done with the point that is reached. */
export interface PointActions {
  onPick(index: number): void;
  onDoublePick(index: number): void;
  /** Takes the point into the selection, or out of it. */
  onToggle(index: number): void;
  /** Clears the selection. */
  onClear(): void;
}

export const ZOOM_STEP = 1.6;

/** The keys of the plot while it has the focus; without a plot, for showing only. */
export function scatterKeys(plot: ScatterPlot | null, actions: PointActions | null): readonly Shortcut[] {
  const withPoint = (act: 'onPick' | 'onDoublePick' | 'onToggle') => () => {
    if (plot && plot.hovered !== null) actions?.[act](plot.hovered);
  };
  return [
    {
      keys: Object.keys(DIRECTIONS),
      shown: ['← ↑ → ↓'],
      does: 'Next point in that direction',
      run: ({ key }) => {
        const direction = DIRECTIONS[key];
        if (direction) plot?.step(direction);
      },
    },
    { keys: ['Enter'], does: 'Play the point’s segment', run: withPoint('onPick') },
    { keys: [' '], shown: ['space'], does: 'Select or deselect the point', run: withPoint('onToggle') },
    { keys: ['o'], does: 'Only this video', run: withPoint('onDoublePick') },
    { keys: ['+', '='], shown: ['+'], does: 'Zoom in', run: () => plot?.zoomBy(ZOOM_STEP) },
    { keys: ['-'], does: 'Zoom out', run: () => plot?.zoomBy(1 / ZOOM_STEP) },
    { keys: ['0'], does: 'Fit to view', run: () => plot?.fit() },
    {
      keys: ['Escape'],
      shown: ['esc'],
      does: 'Clear selection',
      run: () => {
        plot?.leave();
        actions?.onClear();
      },
    },
  ];
}
