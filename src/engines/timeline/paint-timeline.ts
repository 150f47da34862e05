import { formatClock, formatTimecode, type TimeRange } from '#lib/time.ts';
import { firstAfter, LANE_HEIGHT, type Lane, laneTop, OVERVIEW_HEIGHT, RULER_HEIGHT, timelineHeight } from './lanes.ts';
import { ticks, type View } from './viewport.ts';

/** The colors of the scheme that is on, as a canvas takes them. */
export function getTheme(element: HTMLElement): TimelineTheme {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: color('--studio-line'),
    quiet: color('--studio-quiet'),
    accent: color('--mantine-primary-color-filled'),
    font: `11px ${style.fontFamily}`,
  };
}

export interface TimelineTheme {
  readonly line: string;
  readonly quiet: string;
  readonly accent: string;
  readonly font: string;
}

export interface TimelineData {
  /** Seconds. */
  readonly duration: number;
  readonly lanes: readonly Lane[];
  readonly in: number | null;
  readonly out: number | null;
  readonly looping: boolean;
}

export interface Picture {
  readonly data: TimelineData;
  readonly view: View;
  /** CSS pixels. */
  readonly width: number;
  readonly theme: TimelineTheme;
  readonly hovered: { readonly lane: string; readonly id: string } | null;
}

const LABEL_ROOM = 84;
const MIN_WIDTH_PX = 2;

/** Draws ruler, lanes, in and out points and, when zoomed in, where in the video the view is. */
export function paintTimeline(context: CanvasRenderingContext2D, picture: Picture): void {
  const height = timelineHeight(picture.data.lanes.length);
  context.clearRect(0, 0, picture.width, height);
  paintRuler(context, picture, height);
  for (const [index, lane] of picture.data.lanes.entries()) paintLane(context, picture, lane, laneTop(index));
  paintInOut(context, picture, height);
  paintOverview(context, picture, height);
}

const getScale =
  ({ view, width }: Picture) =>
  (time: number) =>
    ((time - view.from) / (view.to - view.from || 1)) * width;

function paintRuler(context: CanvasRenderingContext2D, picture: Picture, height: number): void {
  const { view, width, theme } = picture;
  const x = getScale(picture);
  const { step, times } = ticks(view, width, LABEL_ROOM);
  context.font = theme.font;
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  for (const time of times) {
    const at = Math.round(x(time)) + 0.5;
    context.strokeStyle = theme.line;
    context.beginPath();
    context.moveTo(at, RULER_HEIGHT - 5);
    context.lineTo(at, height - OVERVIEW_HEIGHT);
    context.stroke();
    context.fillStyle = theme.quiet;
    const label = step < 1 ? formatTimecode(time).replace(/^00:/, '').slice(0, -1) : formatClock(time);
    if (at + 4 + context.measureText(label).width < width) context.fillText(label, at + 4, RULER_HEIGHT / 2);
  }
}

function paintLane(context: CanvasRenderingContext2D, picture: Picture, lane: Lane, top: number): void {
  const { view, width, theme, hovered } = picture;
  const x = getScale(picture);
  context.fillStyle = theme.line;
  context.globalAlpha = 0.35;
  context.fillRect(0, top, width, LANE_HEIGHT);
  const last = firstAfter(lane.items, view.to);
  // What starts before the view may reach into it.
  const first = Math.max(0, firstAfter(lane.items, view.from) - 50);
  let drawnTo = Number.NEGATIVE_INFINITY;
  context.fillStyle = lane.color;
  for (let index = first; index < last; index += 1) {
    const item = lane.items[index];
    if (!item) continue;
    const left = x(item.start);
    const right = Math.max(left + MIN_WIDTH_PX, x(item.end) - 1);
    // Thousands of segments fall onto the same pixel: one of them is enough.
    if (right < 0 || right - drawnTo < 0.5) continue;
    drawnTo = right;
    const isHovered = hovered?.lane === lane.name && hovered.id === item.id;
    context.globalAlpha = isHovered ? 1 : lane.name === 'segments' ? 0.62 : 0.85;
    context.beginPath();
    context.roundRect(left, top, right - left, LANE_HEIGHT, right - left > 6 ? 3 : 0);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** The in and the out point, as people who cut film draw them: brackets, and a tint between. */
function paintInOut(context: CanvasRenderingContext2D, picture: Picture, height: number): void {
  const { data, theme } = picture;
  const x = getScale(picture);
  const bottom = height - OVERVIEW_HEIGHT;
  context.fillStyle = theme.accent;
  if (data.in !== null && data.out !== null) {
    context.globalAlpha = data.looping ? 0.26 : 0.14;
    context.fillRect(x(data.in), 0, x(data.out) - x(data.in), bottom);
    context.globalAlpha = 1;
  }
  const bracket = (time: number, direction: 1 | -1) => {
    const at = x(time);
    context.fillRect(direction === 1 ? at : at - 2, 0, 2, bottom);
    context.fillRect(direction === 1 ? at : at - 7, 0, 7, 2);
    context.fillRect(direction === 1 ? at : at - 7, bottom - 2, 7, 2);
  };
  if (data.in !== null) bracket(data.in, 1);
  if (data.out !== null) bracket(data.out, -1);
}

function paintOverview(context: CanvasRenderingContext2D, { data, view, width, theme }: Picture, height: number): void {
  if (data.duration <= 0 || view.to - view.from >= data.duration - 1e-6) return;
  const toX = (time: number) => (time / data.duration) * width;
  const top = height - OVERVIEW_HEIGHT + 5;
  const draw = (part: TimeRange, color: string, alpha: number) => {
    context.fillStyle = color;
    context.globalAlpha = alpha;
    context.beginPath();
    context.roundRect(toX(part.start), top, Math.max(8, toX(part.end) - toX(part.start)), 5, 2.5);
    context.fill();
  };
  draw({ start: 0, end: data.duration }, theme.line, 0.7);
  draw({ start: view.from, end: view.to }, theme.quiet, 0.9);
  context.globalAlpha = 1;
}
