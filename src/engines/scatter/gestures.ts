import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomTransform } from 'd3';
import simplify from 'simplify-js';
import { MAX_ZOOM, MIN_ZOOM } from './camera.ts';
import type { Point } from './scatter-data.ts';
import { type SelectionShape, toBox } from './select-inside.ts';

export type ScatterTool = 'pan' | 'lasso' | 'box';
export type SelectionMode = SelectionShape['does'];

/** What is done on the plot. Places are CSS pixels within the element. */
export interface GestureListener {
  onCamera(transform: ZoomTransform): void;
  /** The camera has come to rest. */
  onRest(): void;
  onHover(place: Point | null): void;
  onPick(place: Point): void;
  onDoublePick(place: Point): void;
  /** A polygon is being drawn; null when that has ended. */
  onDraw(polygon: readonly Point[] | null): void;
  onShape(polygon: readonly Point[], does: SelectionMode): void;
}

/** CSS pixels by which a drawn line may be straightened. */
const STRAIGHTEN_PX = 0.7;
/** A smaller drag is a click. */
const MIN_DRAG_PX = 4;
const ANIMATION_MS = 260;

/** Turns pointers, wheels and pinches into camera moves, picks and polygons. d3-zoom moves the camera. */
export class Gestures {
  readonly #root: HTMLElement;
  readonly #listener: GestureListener;
  readonly #zoom = zoom<HTMLElement, unknown>().scaleExtent([MIN_ZOOM, MAX_ZOOM]);
  readonly #isStill: () => boolean;
  tool: ScatterTool = 'pan';
  mode: SelectionMode = 'choose';
  #drawn: Point[] | null = null;
  #drawsBox = false;
  #pointer: number | null = null;
  #hasDrawn = false;

  /** `isStill` returns true when the user prefers reduced motion: camera moves are not animated then. */
  constructor(root: HTMLElement, listener: GestureListener, isStill: () => boolean) {
    this.#root = root;
    this.#listener = listener;
    this.#isStill = isStill;
    this.#zoom
      .filter((event: MouseEvent | TouchEvent) => this.#isForCamera(event))
      .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => listener.onCamera(transform))
      .on('end', () => listener.onRest());
    select(root).call(this.#zoom).on('dblclick.zoom', null);
    root.addEventListener('pointerdown', this.#down);
    root.addEventListener('pointermove', this.#move);
    root.addEventListener('pointerup', this.#up);
    root.addEventListener('pointercancel', this.#cancel);
    root.addEventListener('pointerleave', this.#leave);
    root.addEventListener('click', this.#click);
    root.addEventListener('dblclick', this.#double);
  }

  /** Moves the camera, animated or at once. */
  moveTo(transform: ZoomTransform, isAnimated: boolean): void {
    const element = select<HTMLElement, unknown>(this.#root);
    if (!isAnimated || this.#isStill()) element.interrupt().call(this.#zoom.transform, transform);
    else element.transition().duration(ANIMATION_MS).call(this.#zoom.transform, transform);
  }

  zoomBy(factor: number): void {
    const element = select<HTMLElement, unknown>(this.#root);
    if (this.#isStill()) element.call(this.#zoom.scaleBy, factor);
    else element.transition().duration(ANIMATION_MS).call(this.#zoom.scaleBy, factor);
  }

  panBy(x: number, y: number): void {
    const { k } = zoomTransform(this.#root);
    select<HTMLElement, unknown>(this.#root).call(this.#zoom.translateBy, x / k, y / k);
  }

  destroy(): void {
    select(this.#root).interrupt().on('.zoom', null);
    this.#root.removeEventListener('pointerdown', this.#down);
    this.#root.removeEventListener('pointermove', this.#move);
    this.#root.removeEventListener('pointerup', this.#up);
    this.#root.removeEventListener('pointercancel', this.#cancel);
    this.#root.removeEventListener('pointerleave', this.#leave);
    this.#root.removeEventListener('click', this.#click);
    this.#root.removeEventListener('dblclick', this.#double);
  }

  #isForCamera(event: MouseEvent | TouchEvent): boolean {
    if (isOnControl(event)) return false;
    if (event.type === 'wheel') return true;
    if ('touches' in event) return this.tool === 'pan' || event.touches.length > 1;
    return this.tool === 'pan' && event.button === 0 && !event.shiftKey && !event.ctrlKey;
  }

  #getPosition({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.#root.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  readonly #down = (event: PointerEvent): void => {
    this.#hasDrawn = false;
    if (this.#pointer !== null) {
      // A second finger: that is a pinch.
      this.#cancel();
      return;
    }
    if (event.button !== 0 || isOnControl(event) || (this.tool === 'pan' && !event.shiftKey)) return;
    this.#pointer = event.pointerId;
    this.#drawsBox = this.tool === 'box';
    this.#drawn = [this.#getPosition(event)];
    this.#root.setPointerCapture(event.pointerId);
    this.#listener.onHover(null);
  };

  readonly #move = (event: PointerEvent): void => {
    if (this.#drawn === null) {
      if (event.buttons === 0) this.#listener.onHover(isOnControl(event) ? null : this.#getPosition(event));
      return;
    }
    if (event.pointerId !== this.#pointer) return;
    const [first] = this.#drawn;
    // A fast hand moves farther than one event a frame tells.
    const moves = event.getCoalescedEvents?.() ?? [];
    const places = (moves.length > 0 ? moves : [event]).map((move) => this.#getPosition(move));
    const last = places.at(-1);
    if (this.#drawsBox && first && last) this.#drawn = toBox(first, last);
    else this.#drawn.push(...places);
    this.#listener.onDraw(this.#drawn);
  };

  readonly #up = (event: PointerEvent): void => {
    const drawn = this.#drawn;
    if (drawn === null || event.pointerId !== this.#pointer) return;
    this.#cancel();
    const [first] = drawn;
    if (!first || !drawn.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) > MIN_DRAG_PX)) return;
    this.#hasDrawn = true;
    const polygon = this.#drawsBox ? drawn : simplify(drawn, STRAIGHTEN_PX, true);
    const held = event.altKey ? 'subtract' : event.shiftKey && this.tool !== 'pan' ? 'add' : null;
    if (polygon.length > 2) this.#listener.onShape(polygon, held ?? this.mode);
  };

  readonly #cancel = (): void => {
    if (this.#drawn === null) return;
    this.#drawn = null;
    this.#pointer = null;
    this.#listener.onDraw(null);
  };

  readonly #leave = (): void => {
    if (this.#drawn === null) this.#listener.onHover(null);
  };

  readonly #click = (event: MouseEvent): void => {
    // A drag that moved the map ends in a click too; d3-zoom marks that one as handled.
    if (!event.defaultPrevented && !this.#hasDrawn && !isOnControl(event))
      this.#listener.onPick(this.#getPosition(event));
  };

  readonly #double = (event: MouseEvent): void => {
    if (!isOnControl(event)) this.#listener.onDoublePick(this.#getPosition(event));
  };
}

/** Buttons that stand on the plot keep their events. */
function isOnControl({ target }: Event): boolean {
  return target instanceof Element && target.closest('button, a, input, [data-on-plot]') !== null;
}
