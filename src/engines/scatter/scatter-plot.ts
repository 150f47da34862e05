import type KDBush from 'kdbush';
import { fitBox, toData, toPixels, toTransform, toView, type View, WHOLE } from './camera.ts';
import { Gestures, type ScatterTool, type SelectionMode } from './gestures.ts';
import { IndexBuilder } from './index-builder.ts';
import { nextInDirection } from './nearest-in-direction.ts';
import { nearestPoint } from './point-index.ts';
import {
  HIDDEN,
  type Outline,
  type Point,
  type ScatterColors,
  type ScatterMarks,
  type ScatterPoints,
  type ScatterTheme,
} from './scatter-data.ts';
import { type Scene, SceneRenderer, type StageClasses } from './scene-renderer.ts';
import type { SelectionShape } from './select-inside.ts';

export interface ScatterListener {
  /** The point under the pointer or reached by keys, with its place in the element; null when there is none. */
  onHover(index: number | null, at: Point): void;
  onPick(index: number): void;
  onDoublePick(index: number): void;
  onSelect(shape: SelectionShape): void;
  /** The camera has come to rest somewhere else. */
  onView(view: View): void;
}

/** CSS pixels. */
const HIT_RADIUS = 12;
const NOWHERE: Point = { x: 0, y: 0 };
/** A view that differs by less is the same. */
const SAME = 1e-4;

const isSameView = (a: View, b: View): boolean =>
  Math.abs(a.zoom / b.zoom - 1) < SAME && Math.hypot(a.x - b.x, a.y - b.y) * b.zoom < SAME;

/** A scatter plot without React: points in typed arrays, drawn by WebGL2; everything else on a canvas over them. */
export class ScatterPlot {
  readonly #root: HTMLElement;
  readonly #listener: ScatterListener;
  readonly #stage: SceneRenderer;
  readonly #gestures: Gestures;
  readonly #builder = new IndexBuilder();
  readonly #observer = new ResizeObserver(() => this.#resize());
  #index: KDBush | null = null;
  #view = WHOLE;
  /** The camera is put somewhere by the program: that is no news to the listener. */
  #isPlaced = false;

  constructor(root: HTMLElement, theme: ScatterTheme, classes: StageClasses, listener: ScatterListener) {
    this.#root = root;
    this.#listener = listener;
    const motion = window.matchMedia('(prefers-reduced-motion: reduce)');
    const isStill = () => motion.matches;
    this.#stage = new SceneRenderer(root, theme, classes, isStill);
    this.#gestures = new Gestures(
      root,
      {
        onCamera: (transform) => {
          this.#stage.look(transform);
          this.#hover(null);
        },
        onRest: () => this.#rest(),
        onHover: (place) => this.#hover(place && this.#nearest(place, HIT_RADIUS)),
        onPick: (place) => this.#pick(place, (index) => listener.onPick(index)),
        onDoublePick: (place) => this.#pick(place, (index) => listener.onDoublePick(index)),
        onDraw: (drawn) => this.#stage.overlay({ drawn }),
        onShape: (polygon, does) =>
          listener.onSelect({ does, polygon: polygon.map((place) => toData(this.#stage.affine, place)) }),
      },
      isStill,
    );
    this.#observer.observe(root);
  }

  setPoints(points: ScatterPoints): void {
    this.#index = null;
    this.#builder.build(points, (index) => {
      this.#index = index;
      this.#root.dataset.indexed = String(points.x.length);
    });
    this.#stage.setPoints(points);
    this.#hover(null);
  }

  setColors(colors: ScatterColors): void {
    this.#stage.paint({ colors });
  }

  /** NORMAL, DIMMED or HIDDEN for each point; null when all are normal. */
  setStates(states: Uint8Array | null): void {
    this.#stage.paint({ states });
  }

  setTheme(theme: ScatterTheme): void {
    this.#stage.overlay({ theme });
  }

  setMarks(marks: ScatterMarks): void {
    this.#stage.overlay({ marks });
  }

  /** Outlines of groups, those that matter most first. */
  setOutlines(outlines: readonly Outline[]): void {
    this.#stage.overlay({ outlines });
  }

  setAxes(hasAxes: boolean): void {
    this.#stage.overlay({ hasAxes });
  }

  setTool(tool: ScatterTool, mode: SelectionMode): void {
    this.#gestures.tool = tool;
    this.#gestures.mode = mode;
    this.#root.dataset.tool = tool;
    this.#measureTools();
  }

  /** Where the video is, in data units, and its time in seconds. */
  setPlayhead(place: Point | null, time: number): void {
    this.#stage.setPlayhead(place, time);
  }

  /** Moves the camera without notifying the listener. Does nothing when the view is unchanged, so a running animation continues. */
  setView(view: View): void {
    if (isSameView(view, this.#view)) return;
    this.#view = view;
    this.#place();
  }

  zoomBy(factor: number): void {
    this.#gestures.zoomBy(factor);
  }

  fit(): void {
    this.#animateTo(WHOLE);
  }

  /** Looks at some points from near. */
  fitTo(indices: Iterable<number>): void {
    const { x, y } = this.#stage.scene.points;
    let [left, bottom, right, top] = [1, 1, 0, 0];
    for (const index of indices) {
      [left, right] = [Math.min(left, x[index] ?? 0), Math.max(right, x[index] ?? 0)];
      [bottom, top] = [Math.min(bottom, y[index] ?? 0), Math.max(top, y[index] ?? 0)];
    }
    if (left <= right) this.#animateTo(fitBox({ x: left, y: bottom }, { x: right, y: top }));
  }

  /** Goes to the next point in a direction (CSS pixels), to the one nearest to the middle when none is reached yet. */
  step(direction: Point): void {
    const { width, height } = this.#stage.size;
    const { points, hovered, affine } = this.#stage.scene;
    const next =
      hovered === null
        ? this.#nearest({ x: width / 2, y: height / 2 }, Number.POSITIVE_INFINITY)
        : nextInDirection(points, affine, hovered, direction, this.#pickable());
    if (next === null) return;
    const { x, y } = this.getPosition(next);
    if (x < 0 || y < 0 || x > width || y > height) this.#gestures.panBy(width / 2 - x, height / 2 - y);
    this.#hover(next);
  }

  /** Leaves the point that was reached. */
  leave(): void {
    this.#hover(null);
  }

  /** The point that is reached; null when none is. */
  get hovered(): number | null {
    return this.#stage.scene.hovered;
  }

  /** Where a point stands in the element, in CSS pixels. */
  getPosition(index: number): Point {
    const { points, affine } = this.#stage.scene;
    return toPixels(affine, { x: points.x[index] ?? 0, y: points.y[index] ?? 0 });
  }

  /** Up to so many points that are in sight, for what is to be fetched before it is asked for. */
  inSight(limit: number): number[] {
    const { width, height } = this.#stage.size;
    const { affine } = this.#stage;
    const [from, to] = [toData(affine, { x: 0, y: height }), toData(affine, { x: width, y: 0 })];
    return this.#index?.range(from.x, from.y, to.x, to.y).slice(0, limit) ?? [];
  }

  /** The plot as it stands, over its background, in device pixels. */
  toCanvas(): HTMLCanvasElement {
    return this.#stage.toCanvas();
  }

  /** What is drawn, for another way of drawing it. */
  get scene(): Scene {
    return this.#stage.scene;
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#builder.stop();
    this.#gestures.destroy();
    this.#stage.destroy();
  }

  /** Tells of a point whether it can be picked; for many points at once, since the states are looked up here only. */
  #pickable(): (id: number) => boolean {
    const { states } = this.#stage.scene;
    return (id) => states?.[id] !== HIDDEN;
  }

  #nearest(place: Point, reach: number): number | null {
    return this.#index && nearestPoint(this.#index, this.#stage.affine, place, reach, this.#pickable());
  }

  #pick(place: Point, act: (index: number) => void): void {
    const index = this.#nearest(place, HIT_RADIUS);
    if (index !== null) act(index);
  }

  #hover(index: number | null): void {
    if (index === this.hovered) return;
    this.#root.dataset.over = String(index !== null);
    this.#stage.overlay({ hovered: index });
    this.#listener.onHover(index, index === null ? NOWHERE : this.getPosition(index));
  }

  #rest(): void {
    const { width, height } = this.#stage.size;
    if (this.#isPlaced || width === 0) return;
    const view = toView(this.#stage.transform, width, height);
    if (isSameView(view, this.#view)) return;
    this.#view = view;
    this.#listener.onView(view);
  }

  #animateTo(view: View): void {
    const { width, height } = this.#stage.size;
    if (width > 0) this.#gestures.moveTo(toTransform(view, width, height), true);
  }

  #place(): void {
    const { width, height } = this.#stage.size;
    if (width === 0) return;
    this.#isPlaced = true;
    this.#gestures.moveTo(toTransform(this.#view, width, height), false);
    this.#isPlaced = false;
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#root;
    this.#stage.resize(clientWidth, clientHeight);
    this.#measureTools();
    this.#place();
  }

  /** Finds out where tools (`data-on-plot`) stand over the plot, also those beside it in its parent. */
  #measureTools(): void {
    const own = this.#root.getBoundingClientRect();
    const tools = this.#root.parentElement?.querySelectorAll('[data-on-plot]') ?? [];
    this.#stage.overlay({
      obstacles: Array.from(tools, (tool) => {
        const { left, top, right, bottom } = tool.getBoundingClientRect();
        return { left: left - own.left, top: top - own.top, right: right - own.left, bottom: bottom - own.top };
      }),
    });
  }
}
