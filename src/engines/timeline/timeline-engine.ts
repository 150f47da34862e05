import {
  itemAt,
  type Lane,
  laneAt,
  OVERVIEW_HEIGHT,
  RULER_HEIGHT,
  type TimelineItem,
  timelineHeight,
} from './lanes.ts';
import { paintTimeline, type TimelineData, type TimelineTheme } from './paint-timeline.ts';
import { follow, panBy, type View, within, zoomAt } from './viewport.ts';

export interface TimelineHover {
  /** Seconds, and CSS pixels from the left. */
  readonly time: number;
  readonly x: number;
  readonly item: TimelineItem | null;
}

export interface TimelineListener {
  /** The playhead is dragged or put somewhere. */
  onSeek(time: number): void;
  /** An item of a lane above the segments is pressed. */
  onPick(lane: Lane, item: TimelineItem): void;
  onHover(hover: TimelineHover | null): void;
  /** The in or out point is dragged, or a range is drawn with shift. */
  onInOut(points: { in?: number; out?: number }): void;
}

type Drag =
  | { readonly kind: 'scrub' | 'overview' | 'in' | 'out' }
  | { readonly kind: 'range'; readonly from: number }
  | { readonly kind: 'pick'; readonly lane: Lane; readonly item: TimelineItem };

const REACH = 4;
/** The canvas has room for this many lanes from the start. */
const USUAL_LANES = 4;
const EMPTY: TimelineData = { duration: 0, lanes: [], in: null, out: null, looping: false };

/** A zoomable timeline on a canvas, without React: draws what it is given, reports what is done to it. */
export class TimelineEngine {
  readonly #root: HTMLElement;
  readonly #canvas = document.createElement('canvas');
  readonly #playhead = document.createElement('div');
  readonly #listener: TimelineListener;
  readonly #observer: ResizeObserver;
  readonly #pointers = new Map<number, number>();
  #theme: TimelineTheme;
  #data: TimelineData = EMPTY;
  #view: View = { from: 0, to: 0 };
  #width = 0;
  #time = 0;
  #drag: Drag | null = null;
  #hovered: { lane: string; id: string } | null = null;
  #frame = 0;
  #laneRoom = USUAL_LANES;

  constructor(root: HTMLElement, theme: TimelineTheme, playheadClass: string, listener: TimelineListener) {
    this.#root = root;
    this.#theme = theme;
    this.#listener = listener;
    this.#canvas.style.display = 'block';
    this.#playhead.className = playheadClass;
    root.append(this.#canvas, this.#playhead);
    this.#observer = new ResizeObserver(() => {
      if (root.clientWidth !== this.#width) this.#resize();
    });
    this.#observer.observe(root);
    root.addEventListener('pointerdown', this.#down);
    root.addEventListener('pointermove', this.#move);
    root.addEventListener('pointerup', this.#up);
    root.addEventListener('pointercancel', this.#up);
    root.addEventListener('pointerleave', this.#leave);
    root.addEventListener('wheel', this.#wheel, { passive: false });
  }

  setTheme(theme: TimelineTheme): void {
    this.#theme = theme;
    this.#draw();
  }

  /** Shows data; another length shows the whole of it. */
  setData(data: TimelineData): void {
    const before = this.#data;
    this.#data = data;
    if (data.duration !== before.duration) this.#view = { from: 0, to: data.duration };
    this.#root.style.height = `${timelineHeight(data.lanes.length)}px`;
    if (data.lanes.length > this.#laneRoom) {
      this.#laneRoom = data.lanes.length;
      this.#resize();
    } else this.#draw();
    this.#placePlayhead();
  }

  /** Moves the playhead, and the view with it when the playhead has left it. */
  setTime(time: number): void {
    const before = this.#time;
    this.#time = time;
    if (time !== before && this.#drag === null) this.#show(follow(this.#view, before, time, this.#data.duration));
    this.#placePlayhead();
  }

  zoomBy(factor: number): void {
    const { from, to } = this.#view;
    const at = this.#time >= from && this.#time <= to ? this.#time : (from + to) / 2;
    this.#show(zoomAt(this.#view, factor, at, this.#data.duration));
  }

  fit(): void {
    this.#show({ from: 0, to: this.#data.duration });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.#canvas.remove();
    this.#playhead.remove();
    this.#root.removeEventListener('pointerdown', this.#down);
    this.#root.removeEventListener('pointermove', this.#move);
    this.#root.removeEventListener('pointerup', this.#up);
    this.#root.removeEventListener('pointercancel', this.#up);
    this.#root.removeEventListener('pointerleave', this.#leave);
    this.#root.removeEventListener('wheel', this.#wheel);
  }

  #show(view: View): void {
    if (view.from === this.#view.from && view.to === this.#view.to) return;
    this.#view = within(view, this.#data.duration);
    this.#placePlayhead();
    this.#draw();
  }

  #resize(): void {
    this.#width = this.#root.clientWidth;
    // Never lower than it was: a canvas that is sized anew is made anew, which costs far more than drawing on it.
    const [height, density] = [timelineHeight(this.#laneRoom), window.devicePixelRatio || 1];
    this.#canvas.width = Math.round(this.#width * density);
    this.#canvas.height = Math.round(height * density);
    this.#canvas.style.width = `${this.#width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#placePlayhead();
    this.#paint();
  }

  #draw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const context = this.#canvas.getContext('2d');
    if (!context || this.#width === 0) return;
    const density = window.devicePixelRatio || 1;
    context.setTransform(density, 0, 0, density, 0, 0);
    paintTimeline(context, {
      data: this.#data,
      view: this.#view,
      width: this.#width,
      theme: this.#theme,
      hovered: this.#hovered,
    });
  }

  #placePlayhead(): void {
    const { from, to } = this.#view;
    const x = ((this.#time - from) / (to - from || 1)) * this.#width;
    this.#playhead.hidden = this.#data.duration === 0 || x < -1 || x > this.#width + 1;
    this.#playhead.style.transform = `translateX(${x}px)`;
  }

  #timeAt(x: number): number {
    const { from, to } = this.#view;
    return Math.min(this.#data.duration, Math.max(0, from + (x / (this.#width || 1)) * (to - from)));
  }

  #at(event: PointerEvent | WheelEvent): { x: number; y: number; time: number } {
    const box = this.#root.getBoundingClientRect();
    const x = event.clientX - box.left;
    return { x, y: event.clientY - box.top, time: this.#timeAt(x) };
  }

  get #secondsPerPixel(): number {
    return (this.#view.to - this.#view.from) / (this.#width || 1);
  }

  #under(y: number, time: number): { lane: Lane; item: TimelineItem } | null {
    const lane = laneAt(this.#data.lanes, y);
    const item = lane && itemAt(lane.items, time, lane.name === 'segments' ? 0 : REACH * this.#secondsPerPixel);
    return lane && item ? { lane, item } : null;
  }

  /** What a press begins. */
  #begin(event: PointerEvent): Drag {
    const { y, time } = this.#at(event);
    const near = (point: number | null) => point !== null && Math.abs(point - time) < 2 * REACH * this.#secondsPerPixel;
    if (y >= timelineHeight(this.#data.lanes.length) - OVERVIEW_HEIGHT) return { kind: 'overview' };
    if (event.shiftKey) return { kind: 'range', from: time };
    if (y < RULER_HEIGHT && near(this.#data.in)) return { kind: 'in' };
    if (y < RULER_HEIGHT && near(this.#data.out)) return { kind: 'out' };
    const under = this.#under(y, time);
    return under && under.lane.name !== 'segments' ? { kind: 'pick', ...under } : { kind: 'scrub' };
  }

  #pull(drag: Drag, x: number, time: number): void {
    if (drag.kind === 'scrub') {
      this.#time = time;
      this.#placePlayhead();
      this.#listener.onSeek(time);
    } else if (drag.kind === 'overview') {
      const middle = (x / (this.#width || 1)) * this.#data.duration;
      const half = (this.#view.to - this.#view.from) / 2;
      this.#show(within({ from: middle - half, to: middle + half }, this.#data.duration));
    } else if (drag.kind === 'in') this.#listener.onInOut({ in: time });
    else if (drag.kind === 'out') this.#listener.onInOut({ out: time });
    else if (drag.kind === 'range' && Math.abs(time - drag.from) > REACH * this.#secondsPerPixel) {
      this.#listener.onInOut({ in: Math.min(time, drag.from), out: Math.max(time, drag.from) });
    }
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { x, time } = this.#at(event);
    this.#pointers.set(event.pointerId, x);
    if (this.#pointers.size > 1) {
      this.#drag = null;
      return;
    }
    this.#root.setPointerCapture(event.pointerId);
    this.#drag = this.#begin(event);
    this.#pull(this.#drag, x, time);
  };

  readonly #move = (event: PointerEvent): void => {
    const { x, y, time } = this.#at(event);
    if (this.#pointers.size > 1 && this.#pointers.has(event.pointerId)) this.#pinch(event.pointerId, x);
    else if (this.#drag) this.#pull(this.#drag, x, time);
    const under = this.#under(y, time);
    const before = this.#hovered?.id;
    this.#hovered = under ? { lane: under.lane.name, id: under.item.id } : null;
    if (before !== this.#hovered?.id) this.#draw();
    if (event.pointerType === 'mouse' || this.#drag) this.#listener.onHover({ time, x, item: under?.item ?? null });
  };

  /** Two fingers: what is between them grows and moves with them. */
  #pinch(pointer: number, x: number): void {
    const other = [...this.#pointers].find(([id]) => id !== pointer)?.[1];
    const before = this.#pointers.get(pointer);
    if (other === undefined || before === undefined) return;
    const factor = Math.abs(x - other) / Math.max(1, Math.abs(before - other));
    this.#pointers.set(pointer, x);
    this.#show(zoomAt(this.#view, Math.min(2, Math.max(0.5, factor)), this.#timeAt(other), this.#data.duration));
  }

  readonly #up = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
    const drag = this.#drag;
    this.#drag = null;
    if (event.type === 'pointerup' && drag?.kind === 'pick') this.#listener.onPick(drag.lane, drag.item);
  };

  readonly #leave = (): void => {
    this.#hovered = null;
    this.#draw();
    this.#listener.onHover(null);
  };

  readonly #wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.#show(panBy(this.#view, sideways * this.#secondsPerPixel, this.#data.duration));
    } else {
      const factor = Math.exp(-event.deltaY * 0.002);
      this.#show(zoomAt(this.#view, factor, this.#at(event).time, this.#data.duration));
    }
  };
}
