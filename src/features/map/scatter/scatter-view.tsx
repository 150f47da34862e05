import { Paper, Stack, useComputedColorScheme } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconHandStop,
  IconLasso,
  IconMarquee2,
  IconMinus,
  IconPlus,
  IconSquare,
  IconSquareMinus,
  IconSquarePlus,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { View } from '#engines/scatter/camera.ts';
import type { ScatterTool, SelectionMode } from '#engines/scatter/gestures.ts';
import type {
  Outline,
  Point,
  ScatterColors,
  ScatterMarks,
  ScatterPoints,
  ScatterTheme,
} from '#engines/scatter/scatter-data.ts';
import { type ScatterListener, ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { shortcutFor } from '#ui/shortcuts.ts';
import classes from './scatter.module.css';
import { type PointActions, scatterKeys, ZOOM_STEP } from './scatter-keys.ts';

const TOOLS = [
  ['pan', 'Pan', 'drag', IconHandStop],
  ['lasso', 'Lasso', 'or shift + drag', IconLasso],
  ['box', 'Box', undefined, IconMarquee2],
] as const;

const MODES = [
  ['choose', 'New selection', undefined, IconSquare],
  ['add', 'Add to selection', 'or hold shift', IconSquarePlus],
  ['subtract', 'Subtract from selection', 'or hold alt', IconSquareMinus],
] as const;

interface ScatterToolsProps {
  readonly tool: ScatterTool;
  readonly mode: SelectionMode;
  onTool(tool: ScatterTool): void;
  onMode(mode: SelectionMode): void;
}

/** Which tool the pointer is, in sight: nobody looks for a lasso behind a key. */
function ScatterTools({ tool, mode, onTool, onMode }: ScatterToolsProps) {
  return (
    <Paper className={classes.toolbar} data-on-plot>
      {TOOLS.map(([value, label, hint, Icon]) => (
        <IconAction
          key={value}
          label={label}
          {...(hint && { hint })}
          pressed={tool === value}
          onClick={() => onTool(value)}
        >
          <Icon size={17} />
        </IconAction>
      ))}
      {tool !== 'pan' && <hr />}
      {tool !== 'pan' &&
        MODES.map(([value, label, hint, Icon]) => (
          <IconAction
            key={value}
            label={label}
            {...(hint && { hint })}
            pressed={mode === value}
            onClick={() => onMode(value)}
          >
            <Icon size={17} />
          </IconAction>
        ))}
    </Paper>
  );
}

interface ZoomToolsProps {
  onZoom(factor: number): void;
  onFit(): void;
}

function ZoomTools({ onZoom, onFit }: ZoomToolsProps) {
  return (
    <Paper className={classes.zoom} data-on-plot>
      <Stack gap={2}>
        <IconAction label="Zoom in" hint="+" onClick={() => onZoom(ZOOM_STEP)}>
          <IconPlus size={17} />
        </IconAction>
        <IconAction label="Zoom out" hint="-" onClick={() => onZoom(1 / ZOOM_STEP)}>
          <IconMinus size={17} />
        </IconAction>
        <IconAction label="Fit to view" hint="0" onClick={onFit}>
          <IconArrowsMaximize size={17} />
        </IconAction>
      </Stack>
    </Paper>
  );
}

const THEMES: Readonly<Record<'dark' | 'light', ScatterTheme>> = {
  dark: { background: '#1d2025', grid: 'rgb(255 255 255 / 8%)', label: '#c6cad1', ring: '#ffffff', accent: '#ffb454' },
  light: { background: '#ffffff', grid: 'rgb(0 0 0 / 9%)', label: '#3a3f47', ring: '#16181c', accent: '#a85b00' },
};

const PLAYHEAD = { playhead: classes.playhead ?? '', ring: classes.playheadRing ?? '' };

export interface ScatterViewProps extends PointActions, Pick<ScatterListener, 'onSelect' | 'onView'> {
  readonly points: ScatterPoints;
  readonly colors: ScatterColors;
  readonly states: Uint8Array | null;
  readonly marks: ScatterMarks;
  readonly outlines: readonly Outline[];
  readonly hasAxes: boolean;
  readonly view: View;
  readonly label: string;
  /** The engine, for what is no state of the page: exports, the playhead. */
  readonly plot: RefObject<ScatterPlot | null>;
  /** What is said of a point that keys have reached. */
  describe(index: number): string;
  /** Renders the preview beside the hovered point. */
  renderHover(index: number, at: Point): ReactNode;
}

/** The scatter engine in a page: hands it data, shows what it reports. */
export function ScatterView(props: ScatterViewProps) {
  const { points, colors, states, marks, outlines, hasAxes, view, label, plot, describe, renderHover } = props;
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const hint = useId();
  const [hovered, setHovered] = useState<{ index: number; at: Point } | null>(null);
  const [tool, setTool] = useState<ScatterTool>('pan');
  const [mode, setMode] = useState<SelectionMode>('choose');
  const scheme = useComputedColorScheme('dark');

  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!element.current) return;
    const made = new ScatterPlot(element.current, THEMES.dark, PLAYHEAD, {
      onHover: (index, at) => setHovered(index === null ? null : { index, at }),
      onPick: (index) => latest.current.onPick(index),
      onDoublePick: (index) => latest.current.onDoublePick(index),
      onSelect: (shape) => latest.current.onSelect(shape),
      onView: (seen) => latest.current.onView(seen),
    });
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [plot]);

  useEffect(() => plot.current?.setTheme(THEMES[scheme]), [plot, scheme]);
  useEffect(() => plot.current?.setPoints(points), [plot, points]);
  useEffect(() => plot.current?.setColors(colors), [plot, colors]);
  useEffect(() => plot.current?.setStates(states), [plot, states]);
  useEffect(() => plot.current?.setMarks(marks), [plot, marks]);
  useEffect(() => plot.current?.setOutlines(outlines), [plot, outlines]);
  useEffect(() => plot.current?.setAxes(hasAxes), [plot, hasAxes]);
  useEffect(() => plot.current?.setTool(tool, mode), [plot, tool, mode]);
  useEffect(() => plot.current?.setView(view), [plot, view]);

  const handleKey = (event: KeyboardEvent) => {
    if (event.target !== element.current) return;
    const key = shortcutFor(scatterKeys(plot.current, props), event);
    if (!key) return;
    event.preventDefault();
    key.run(event.nativeEvent);
  };

  return (
    <div
      ref={element}
      className={classes.plot}
      role="application"
      aria-roledescription="Scatter plot"
      aria-label={label}
      aria-describedby={hint}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the plot takes keys of its own
      tabIndex={0}
      onKeyDown={handleKey}
      data-testid="map"
    >
      <span id={hint} className={classes.spoken}>
        Arrow keys go from point to point, Enter plays, space selects, plus and minus zoom.
      </span>
      <span className={classes.spoken} aria-live="polite">
        {hovered && describe(hovered.index)}
      </span>
      {hovered && renderHover(hovered.index, hovered.at)}
      <ScatterTools tool={tool} mode={mode} onTool={setTool} onMode={setMode} />
      <ZoomTools onZoom={(factor) => plot.current?.zoomBy(factor)} onFit={() => plot.current?.fit()} />
    </div>
  );
}
