import { scaleLinear } from 'd3';
import { type Affine, toPixels } from './camera.ts';
import { type Box, placeLabels } from './label-layout.ts';
import {
  activeRadius,
  highlightRadius,
  type Outline,
  type Point,
  type ScatterColors,
  type ScatterMarks,
  type ScatterPoints,
  type ScatterTheme,
} from './scatter-data.ts';

/** Everything that is drawn over the points. */
export interface OverlayScene {
  readonly points: ScatterPoints;
  readonly colors: ScatterColors;
  readonly theme: ScatterTheme;
  readonly affine: Affine;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly hasAxes: boolean;
  readonly outlines: readonly Outline[];
  /** Tools over the plot, which labels keep clear of. */
  readonly obstacles: readonly Box[];
  readonly marks: ScatterMarks;
  readonly hovered: number | null;
  /** What is being drawn, in CSS pixels. */
  readonly drawn: readonly Point[] | null;
}

const TICKS = 5;
const TURN = Math.PI * 2;
const FONT = '"Inter Variable", sans-serif';

function paintAxes(context: CanvasRenderingContext2D, { theme, affine, width, height }: OverlayScene): void {
  const x = scaleLinear([-affine.ox / affine.sx, (width - affine.ox) / affine.sx], [0, width]);
  const y = scaleLinear([(height - affine.oy) / affine.sy, -affine.oy / affine.sy], [height, 0]);
  context.strokeStyle = theme.grid;
  context.fillStyle = theme.label;
  context.lineWidth = 1;
  context.font = `11px ${FONT}`;
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

function trace(context: CanvasRenderingContext2D, places: readonly Point[]): void {
  for (const [index, { x, y }] of places.entries()) {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function paintOutlines(context: CanvasRenderingContext2D, { outlines, affine }: OverlayScene): void {
  context.lineWidth = 1.25;
  for (const { rings, color } of outlines) {
    context.beginPath();
    for (const ring of rings) {
      trace(
        context,
        ring.map((place) => toPixels(affine, place)),
      );
      context.closePath();
    }
    context.fillStyle = color;
    context.strokeStyle = color;
    context.globalAlpha = 0.06;
    context.fill();
    context.globalAlpha = 0.45;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Names of outlines, clear of the tools and of each other. */
function paintLabels(context: CanvasRenderingContext2D, scene: OverlayScene): void {
  const { outlines, affine, theme, width, height, obstacles } = scene;
  context.font = `600 12px ${FONT}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  const labels = placeLabels(outlines, {
    width,
    height,
    obstacles,
    measure: (text) => context.measureText(text).width,
    toPixels: (place) => toPixels(affine, place),
  });
  for (const { label, x, y } of labels) {
    context.strokeStyle = theme.background;
    context.lineWidth = 4;
    context.globalAlpha = 0.85;
    context.strokeText(label, x, y);
    context.globalAlpha = 1;
    context.fillStyle = theme.label;
    context.fillText(label, x, y);
  }
  context.textAlign = 'start';
}

const placeOfPoint = ({ points, affine }: OverlayScene, index: number): Point =>
  toPixels(affine, { x: points.x[index] ?? 0, y: points.y[index] ?? 0 });

function paintPath(context: CanvasRenderingContext2D, scene: OverlayScene): void {
  const { path } = scene.marks;
  if (path.length < 2) return;
  context.strokeStyle = scene.theme.ring;
  context.globalAlpha = 0.4;
  context.lineWidth = 1.25;
  context.lineJoin = 'round';
  context.beginPath();
  trace(
    context,
    path.map((index) => placeOfPoint(scene, index)),
  );
  context.stroke();
  context.globalAlpha = 1;
}

function paintMarked(context: CanvasRenderingContext2D, scene: OverlayScene, index: number, radius: number): void {
  const { x, y } = placeOfPoint(scene, index);
  const { colorIndex, palette } = scene.colors;
  context.fillStyle = palette[colorIndex[index] ?? 0] ?? scene.theme.label;
  context.strokeStyle = scene.theme.ring;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fill();
  context.stroke();
}

function paintDrawn(context: CanvasRenderingContext2D, { drawn, theme }: OverlayScene): void {
  if (!drawn) return;
  context.beginPath();
  trace(context, drawn);
  context.closePath();
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.12;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}

/** Paints in CSS pixels; the context's transform takes care of the screen's density. */
export function paintOverlay(context: CanvasRenderingContext2D, scene: OverlayScene): void {
  const { marks, radius, hovered } = scene;
  context.clearRect(0, 0, scene.width, scene.height);
  // Chromium does not show a frame in which a canvas was only cleared: the picture before it would stay.
  context.fillStyle = 'rgb(0 0 0 / 1%)';
  context.fillRect(0, 0, 1, 1);
  if (scene.hasAxes) paintAxes(context, scene);
  paintOutlines(context, scene);
  paintPath(context, scene);
  // The best match lies on top.
  for (const index of marks.highlighted.toReversed()) paintMarked(context, scene, index, highlightRadius(radius));
  if (marks.active !== null) paintMarked(context, scene, marks.active, activeRadius(radius));
  if (hovered !== null) paintMarked(context, scene, hovered, Math.max(5, radius + 2));
  paintLabels(context, scene);
  paintDrawn(context, scene);
}
