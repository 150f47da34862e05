import { type Affine, toPixels } from './camera.ts';
import type { Point } from './scatter-data.ts';

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
