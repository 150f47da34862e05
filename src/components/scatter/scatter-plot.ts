import {
  type D3ZoomEvent,
  type Quadtree,
  quadtree,
  scaleLinear,
  select,
  type ZoomTransform,
  zoom,
  zoomIdentity,
} from 'd3';
import { paintScene, type Scales, type ScatterData, type ScatterTheme } from './paint.ts';

export interface ScatterEvents {
  /** The point under the pointer, with its place in the element; null when there is none. */
  onHover(index: number | null, at: { x: number; y: number }): void;
  onPick(index: number): void;
}

const HIT_RADIUS = 12;
const MARGIN = 40;
const MAX_ZOOM = 200;
const NOWHERE = { x: 0, y: 0 };
const EMPTY: ScatterData = { x: new Float32Array(), y: new Float32Array(), group: new Uint16Array(), colors: [] };

/** A scatter plot on a canvas, without React: d3-zoom moves the camera, a quadtree finds what is under the pointer. */
export class ScatterPlot {
  readonly #element: HTMLElement;
  readonly #canvas = document.createElement('canvas');
  readonly #events: ScatterEvents;
  readonly #zoom = zoom<HTMLElement, unknown>().scaleExtent([0.8, MAX_ZOOM]);
  readonly #observer = new ResizeObserver(() => this.#draw());
  #theme: ScatterTheme;
  #data = EMPTY;
  #tree: Quadtree<number> = quadtree<number>();
  #camera: ZoomTransform = zoomIdentity;
  #active: number | null = null;
  #hovered: number | null = null;
  #faded: Uint8Array | null = null;
  #lit: readonly number[] = [];
  #frame = 0;

  constructor(element: HTMLElement, theme: ScatterTheme, events: ScatterEvents) {
    this.#element = element;
    this.#theme = theme;
    this.#events = events;
    this.#canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
    element.append(this.#canvas);
    this.#zoom.on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      this.#camera = event.transform;
      this.#hover(null);
      this.#draw();
    });
    select(element).call(this.#zoom).on('dblclick.zoom', null);
    element.addEventListener('pointermove', this.#onMove);
    element.addEventListener('pointerleave', this.#onLeave);
    element.addEventListener('click', this.#onClick);
    this.#observer.observe(element);
  }

  setData(data: ScatterData): void {
    this.#data = data;
    this.#tree = quadtree<number>()
      .x((index) => data.x[index] ?? 0)
      .y((index) => data.y[index] ?? 0)
      .addAll(Array.from(data.x, (_, index) => index));
    this.#hover(null);
    this.#draw();
  }

  setTheme(theme: ScatterTheme): void {
    this.#theme = theme;
    this.#draw();
  }

  /** The point that is playing, drawn larger with a ring; null for none. */
  setActive(index: number | null): void {
    this.#active = index;
    this.#draw();
  }

  /** Points with a 1 are drawn faint and cannot be picked; null shows all. */
  setFaded(faded: Uint8Array | null): void {
    this.#faded = faded;
    this.#draw();
  }

  /** Points that stand out, the one that matters most first. */
  setLit(lit: readonly number[]): void {
    this.#lit = lit;
    this.#draw();
  }

  zoomBy(factor: number): void {
    this.#zoom.scaleBy(select(this.#element), factor);
  }

  fit(): void {
    this.#zoom.transform(select(this.#element), zoomIdentity);
  }

  /** Where a point stands in the element, in CSS pixels. */
  placeOf(index: number): { x: number; y: number } {
    const { x, y } = this.#scales();
    return { x: x(this.#data.x[index] ?? 0), y: y(this.#data.y[index] ?? 0) };
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    select(this.#element).on('.zoom', null);
    this.#element.removeEventListener('pointermove', this.#onMove);
    this.#element.removeEventListener('pointerleave', this.#onLeave);
    this.#element.removeEventListener('click', this.#onClick);
    this.#canvas.remove();
  }

  #scales(): Scales {
    const { clientWidth: width, clientHeight: height } = this.#element;
    const x = scaleLinear([0, 1], [MARGIN, width - MARGIN]);
    const y = scaleLinear([0, 1], [height - MARGIN, MARGIN]);
    return { x: this.#camera.rescaleX(x), y: this.#camera.rescaleY(y) };
  }

  #indexAt(event: MouseEvent): number | null {
    const bounds = this.#element.getBoundingClientRect();
    const { x, y } = this.#scales();
    const [px, py] = [event.clientX - bounds.left, event.clientY - bounds.top];
    // The tree measures in data units, where the axes may differ: it looks a little wider, pixels decide.
    const reach = Math.max(Math.abs(x.invert(HIT_RADIUS) - x.invert(0)), Math.abs(y.invert(HIT_RADIUS) - y.invert(0)));
    const found = this.#tree.find(x.invert(px), y.invert(py), reach);
    if (found === undefined || this.#faded?.[found]) return null;
    const place = this.placeOf(found);
    return Math.hypot(place.x - px, place.y - py) <= HIT_RADIUS ? found : null;
  }

  #hover(index: number | null): void {
    if (index === this.#hovered) return;
    this.#hovered = index;
    this.#element.style.cursor = index === null ? '' : 'pointer';
    this.#events.onHover(index, index === null ? NOWHERE : this.placeOf(index));
    this.#draw();
  }

  readonly #onMove = (event: PointerEvent): void => this.#hover(this.#indexAt(event));
  readonly #onLeave = (): void => this.#hover(null);

  readonly #onClick = (event: MouseEvent): void => {
    // A drag that moved the map ends in a click too; d3-zoom marks that one as handled.
    const index = event.defaultPrevented ? null : this.#indexAt(event);
    if (index !== null) this.#events.onPick(index);
  };

  /** Paints in the next frame, however often it is asked. */
  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const { clientWidth: width, clientHeight: height } = this.#element;
      const density = window.devicePixelRatio || 1;
      const [columns, rows] = [Math.round(width * density), Math.round(height * density)];
      if (this.#canvas.width !== columns) this.#canvas.width = columns;
      if (this.#canvas.height !== rows) this.#canvas.height = rows;
      const context = this.#canvas.getContext('2d');
      if (!context || width === 0) return;
      context.setTransform(density, 0, 0, density, 0, 0);
      paintScene(context, {
        data: this.#data,
        theme: this.#theme,
        scales: this.#scales(),
        width,
        height,
        hovered: this.#hovered,
        active: this.#active,
        faded: this.#faded,
        lit: this.#lit,
      });
    });
  }
}
