import type { PlayerEngine } from './player-engine.ts';

const MAX_SPEED = 8;

/** The next speed in a direction: a turn starts at one, the same direction again doubles. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  if (Math.sign(speed) !== direction) return direction;
  return Math.min(MAX_SPEED, Math.abs(speed) * 2) * direction;
}

/**
 * J, K and L as editing desks have them: L plays and then faster, J plays backwards and then faster, K stops. Browsers
 * play forwards only; backwards is a row of seeks, each as far back as the time that has passed.
 */
export class Shuttle {
  readonly #engine: PlayerEngine;
  /** Signed; 0 when the shuttle is not in use. */
  #speed = 0;
  #usualRate = 1;
  #from = 0;
  #since = 0;

  constructor(engine: PlayerEngine) {
    this.#engine = engine;
    engine.video.addEventListener('seeked', () => this.#stepBack());
    engine.video.addEventListener('pause', () => {
      if (this.#speed > 0) this.#rest();
    });
    // Backwards, the video is paused; whatever starts it has taken over.
    engine.video.addEventListener('play', () => {
      if (this.#speed < 0) this.#rest();
    });
  }

  press(direction: 1 | -1): void {
    const { video } = this.#engine;
    // A video that plays already counts as L pressed once.
    const speed = nextSpeed(this.#speed === 0 && !video.paused ? 1 : this.#speed, direction);
    if (this.#speed === 0) this.#usualRate = video.playbackRate;
    this.#speed = speed;
    if (speed > 0) {
      video.playbackRate = speed;
      void this.#engine.play();
      return;
    }
    this.#engine.pause();
    this.#from = this.#engine.playhead;
    this.#since = performance.now();
    this.#stepBack();
  }

  stop(): void {
    this.#rest();
    this.#engine.pause();
  }

  #rest(): void {
    if (this.#speed !== 0) this.#engine.video.playbackRate = this.#usualRate;
    this.#speed = 0;
  }

  #stepBack(): void {
    if (this.#speed >= 0) return;
    const time = this.#from + (this.#speed * (performance.now() - this.#since)) / 1000;
    if (time <= 0) this.#rest();
    requestAnimationFrame(() => this.#engine.seek({ time: Math.max(0, time), play: false, until: null }));
  }
}
