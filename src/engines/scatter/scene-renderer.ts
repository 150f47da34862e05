import { type ZoomTransform, zoomIdentity } from 'd3';
import { type Affine, toAffine, toPixels } from './camera.ts';
import { type OverlayScene, paintOverlay } from './paint-overlay.ts';
import { layCanvas, PointLayer, sizeCanvas } from './point-layer.ts';
import {
  NO_MARKS,
  NO_POINTS,
  type Point,
  pointOpacity,
  pointRadius,
  type ScatterPoints,
  type ScatterTheme,
} from './scatter-data.ts';

/** Seconds of the video that one pulse lasts. */
const PULSE = 1.4;

/**
 * Where the video is on the map: an element of its own, so that its way costs no painting of the plot. It pulses with
 * the video's time, so it rests when the video does; without motion it only moves.
 */
export class PlayheadMarker {
  readonly #element = document.createElement('div');
  readonly #ring = document.createElement('div');
  readonly #isStill: () => boolean;
  #place: Point | null = null;

  constructor(root: HTMLElement, classes: { playhead: string; ring: string }, isStill: () => boolean) {
    this.#isStill = isStill;
    this.#element.className = classes.playhead;
    this.#ring.className = classes.ring;
    this.#element.dataset.testid = 'playhead';
    this.#element.hidden = true;
    this.#element.append(this.#ring);
    root.append(this.#element);
  }

  /** `place` in data units, null for none; `time` in seconds. */
  set(place: Point | null, time: number): void {
    this.#place = place;
    this.#element.hidden = place === null;
    const phase = this.#isStill() ? 0.4 : (time % PULSE) / PULSE;
    this.#ring.style.transform = `scale(${1 + 1.6 * phase})`;
    this.#ring.style.opacity = String(1 - phase);
  }

  draw(affine: Affine): void {
    if (!this.#place) return;
    const { x, y } = toPixels(affine, this.#place);
    this.#element.style.transform = `translate(${x}px, ${y}px)`;
  }

  remove(): void {
    this.#element.remove();
  }
}

/** What is drawn, apart from the camera. */
interface Shown extends Omit<OverlayScene, 'affine' | 'width' | 'height' | 'radius'> {
  /** NORMAL, DIMMED or HIDDEN for each point; null when all are normal. */
  readonly states: Uint8Array | null;
}

/** All that a picture of the plot is made of. */
export interface Scene extends Shown, OverlayScene {
  /** Of a normal point. */
  readonly opacity: number;
}

/** Class names of the elements over the canvases. */
export interface StageClasses {
  readonly playhead: string;
  readonly ring: string;
}

/** The layers of a plot, and when they are painted: points, everything over them, and the playhead. */
export class SceneRenderer {
  readonly #layer: PointLayer;
  readonly #overlay: HTMLCanvasElement;
  readonly #playhead: PlayheadMarker;
  #shown: Shown;
  #transform: ZoomTransform = zoomIdentity;
  #size = { width: 0, height: 0 };
  #frame = 0;
  /** The points are to be drawn, not only what lies over them; and with other colors. */
  #isStale = true;
  #needsPaint = false;

  constructor(root: HTMLElement, theme: ScatterTheme, classes: StageClasses, isStill: () => boolean) {
    this.#layer = new PointLayer(root, () => this.#drawAll());
    this.#overlay = layCanvas(root);
    this.#playhead = new PlayheadMarker(root, classes, isStill);
    this.#shown = {
      theme,
      points: NO_POINTS,
      colors: { colorIndex: new Uint16Array(), palette: [] },
      states: null,
      marks: NO_MARKS,
      outlines: [],
      obstacles: [],
      hasAxes: true,
      hovered: null,
      drawn: null,
    };
  }

  setPoints(points: ScatterPoints): void {
    this.#layer.setPoints(points);
    this.paint({ points });
  }

  /** Shows something else about the points themselves. */
  paint(change: Partial<Pick<Shown, 'points' | 'colors' | 'states'>>): void {
    this.#shown = { ...this.#shown, ...change };
    this.#needsPaint = true;
    this.#drawAll();
  }

  /** Shows something else over the points, which stay as they are. */
  overlay(change: Partial<Omit<Shown, 'points' | 'colors' | 'states'>>): void {
    this.#shown = { ...this.#shown, ...change };
    this.#draw();
  }

  look(transform: ZoomTransform): void {
    this.#transform = transform;
    this.#drawAll();
  }

  resize(width: number, height: number): void {
    this.#size = { width, height };
    this.#drawAll();
  }

  setPlayhead(place: Point | null, time: number): void {
    this.#playhead.set(place, time);
    this.#playhead.draw(this.affine);
  }

  get affine(): Affine {
    return toAffine(this.#transform, this.#size.width, this.#size.height);
  }

  get size(): { width: number; height: number } {
    return this.#size;
  }

  get transform(): ZoomTransform {
    return this.#transform;
  }

  get scene(): Scene {
    const count = this.#shown.points.x.length;
    return {
      ...this.#shown,
      ...this.#size,
      affine: this.affine,
      radius: pointRadius(count, this.#transform.k),
      opacity: pointOpacity(count),
    };
  }

  /** The plot as it stands, over its background, in device pixels. */
  toCanvas(): HTMLCanvasElement {
    // What WebGL has drawn can be read in the same turn only.
    this.#isStale = true;
    this.#paint();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [this.#overlay.width, this.#overlay.height];
    const context = canvas.getContext('2d');
    if (!context) return canvas;
    context.fillStyle = this.#shown.theme.background;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.#layer.canvas, 0, 0);
    context.drawImage(this.#overlay, 0, 0);
    return canvas;
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#layer.destroy();
    this.#playhead.remove();
    this.#overlay.remove();
  }

  #drawAll(): void {
    this.#isStale = true;
    this.#draw();
  }

  /** Paints in the next frame, however often it is asked. */
  #draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const { scene } = this;
    const { width, height, affine, radius, colors, points } = scene;
    // Points and colors come one after the other: what does not belong together is not painted.
    if (width === 0 || colors.colorIndex.length !== points.x.length) return;
    const density = window.devicePixelRatio || 1;
    if (this.#needsPaint) this.#layer.setPaint({ ...colors, states: scene.states, opacity: scene.opacity });
    this.#needsPaint = false;
    if (this.#isStale) this.#layer.draw({ affine, width, height, density, radius });
    this.#isStale = false;
    this.#playhead.draw(affine);
    sizeCanvas(this.#overlay, { width, height, density });
    const context = this.#overlay.getContext('2d');
    context?.setTransform(density, 0, 0, density, 0, 0);
    if (context) paintOverlay(context, scene);
  }
}
