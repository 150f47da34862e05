import type { ScaleLinear } from 'd3';

/** Points as columns: one array a property, so that many points cost no objects. */
export interface ScatterData {
  /** Coordinates in [0, 1]. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Index into `colors`. */
  readonly group: Uint16Array;
  readonly colors: readonly string[];
}

export interface ScatterTheme {
  readonly grid: string;
  readonly label: string;
  readonly ring: string;
}

/** From data to CSS pixels, camera included. */
export interface Scales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

export interface Scene {
  readonly data: ScatterData;
  readonly theme: ScatterTheme;
  readonly scales: Scales;
  readonly width: number;
  readonly height: number;
  readonly hovered: number | null;
  readonly active: number | null;
  /** 1 for points that are drawn faint. */
  readonly faded: Uint8Array | null;
  /** Points that stand out, say because a search found them. */
  readonly lit: readonly number[];
}

const RADIUS = 5.5;
const TICKS = 5;
const TURN = Math.PI * 2;
const FAINT = 0.12;

function paintGrid(context: CanvasRenderingContext2D, { theme, scales: { x, y }, width, height }: Scene): void {
  context.strokeStyle = theme.grid;
  context.fillStyle = theme.label;
  context.font = '11px "Inter Variable", sans-serif';
  context.setLineDash([3, 5]);
  context.beginPath();
  for (const tick of x.ticks(TICKS)) {
    context.moveTo(x(tick), 0);
    context.lineTo(x(tick), height);
  }
  for (const tick of y.ticks(TICKS)) {
    context.moveTo(0, y(tick));
    context.lineTo(width, y(tick));
  }
  context.stroke();
  context.setLineDash([]);
  const [formatX, formatY] = [x.tickFormat(TICKS), y.tickFormat(TICKS)];
  for (const tick of x.ticks(TICKS)) context.fillText(formatX(tick), x(tick) + 4, height - 8);
  for (const tick of y.ticks(TICKS)) context.fillText(formatY(tick), 8, y(tick) - 5);
}

function paintPoints(context: CanvasRenderingContext2D, { data, scales: { x, y }, faded, width, height }: Scene): void {
  // One path a colour and opacity: filling is what costs, not the arcs.
  for (const faint of faded ? [true, false] : [false]) {
    context.globalAlpha = faint ? FAINT : 0.92;
    for (const [group, color] of data.colors.entries()) {
      context.fillStyle = color;
      context.beginPath();
      for (let index = 0; index < data.x.length; index += 1) {
        if (data.group[index] !== group || Boolean(faded?.[index]) !== faint) continue;
        const [px, py] = [x(data.x[index] ?? 0), y(data.y[index] ?? 0)];
        if (px < -RADIUS || py < -RADIUS || px > width + RADIUS || py > height + RADIUS) continue;
        context.moveTo(px + RADIUS, py);
        context.arc(px, py, RADIUS, 0, TURN);
      }
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

function paintMarked(
  context: CanvasRenderingContext2D,
  { data, scales, theme }: Scene,
  index: number,
  radius: number,
): void {
  const [px, py] = [scales.x(data.x[index] ?? 0), scales.y(data.y[index] ?? 0)];
  context.fillStyle = data.colors[data.group[index] ?? 0] ?? theme.label;
  context.strokeStyle = theme.ring;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(px, py, radius, 0, TURN);
  context.fill();
  context.stroke();
}

/** Paints the whole plot in CSS pixels; the context's transform takes care of the screen's density. */
export function paintScene(context: CanvasRenderingContext2D, scene: Scene): void {
  context.clearRect(0, 0, scene.width, scene.height);
  context.lineWidth = 1;
  paintGrid(context, scene);
  paintPoints(context, scene);
  // The best match lies on top.
  for (const index of scene.lit.toReversed()) paintMarked(context, scene, index, RADIUS + 1);
  if (scene.hovered !== null) paintMarked(context, scene, scene.hovered, RADIUS + 2);
  if (scene.active !== null) paintMarked(context, scene, scene.active, RADIUS + 3.5);
}
