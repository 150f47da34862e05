import type { PlayerEngine } from './player-engine.ts';

type Engine = Pick<PlayerEngine, 'video' | 'playhead' | 'seek' | 'pause'>;

/** Seconds. Beyond this, the second player seeks; below, its playback rate is adjusted. */
const MAX_DRIFT = 1;
/** How much faster or slower the second player may run to catch up. */
const MAX_RATE_CHANGE = 0.25;

/**
 * Plays a second video along with a first: playback, seeks, frame steps and speed of the leader apply to the follower, at a
 * fixed distance in time. The follower can be controlled by itself while it is not linked.
 */
export class LinkedPlayback {
  readonly #leader: Engine;
  readonly #follower: Engine;
  /** Seconds from the leader's time to the follower's; null while they are not linked. */
  #offset: number | null = null;

  constructor(leader: Engine, follower: Engine) {
    this.#leader = leader;
    this.#follower = follower;
    const { video } = leader;
    for (const event of ['seeking', 'play', 'pause'] as const) video.addEventListener(event, () => this.#align());
    for (const event of ['timeupdate', 'ratechange'] as const) video.addEventListener(event, () => this.#follow());
  }

  get isLinked(): boolean {
    return this.#offset !== null;
  }

  /** Links two times (seconds): while the leader is at the first, the follower is at the second. */
  link(leaderTime: number, followerTime: number): void {
    this.#offset = followerTime - leaderTime;
    this.#align();
  }

  unlink(): void {
    this.#offset = null;
    this.#follower.pause();
    this.#follower.video.playbackRate = this.#leader.video.playbackRate;
  }

  #align(): void {
    if (this.#offset === null) return;
    const { video, playhead } = this.#leader;
    if (video.paused) this.#follower.pause();
    this.#follower.seek({ time: Math.max(0, playhead + this.#offset), play: !video.paused, until: null });
  }

  /** Keeps up while both play; a leader that waits for data makes the follower wait. */
  #follow(): void {
    const { video } = this.#leader;
    if (this.#offset === null || video.paused || video.seeking || this.#follower.video.seeking) return;
    const drift = video.currentTime + this.#offset - this.#follower.video.currentTime;
    if (Math.abs(drift) > MAX_DRIFT) this.#align();
    else {
      const change = Math.max(-MAX_RATE_CHANGE, Math.min(MAX_RATE_CHANGE, drift));
      this.#follower.video.playbackRate = video.playbackRate * (1 + change);
    }
  }
}
