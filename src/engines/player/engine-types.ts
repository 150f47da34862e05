import type { AudioTrackOption } from './video-stream.ts';

/** What the engine is told, and what it reports. */

export type PlayerStatus = 'idle' | 'loading' | 'ready' | 'playing' | 'waiting' | 'error';

export interface EngineReport {
  readonly status?: PlayerStatus;
  /** Seconds. */
  readonly time?: number;
  readonly duration?: number;
  readonly frameDuration?: number | null;
  /** Width of the picture by its height. */
  readonly aspectRatio?: number;
  readonly error?: string | null;
  readonly audioTracks?: readonly AudioTrackOption[];
}

export interface EngineListener {
  report(report: EngineReport): void;
  /** Playback reached the end of the requested range; true when something else plays now. */
  rangeEnded(): boolean;
}

export interface SeekRequest {
  /** Seconds. */
  readonly time: number;
  readonly play: boolean;
  /** Seconds at which playback stops; null plays on. */
  readonly until: number | null;
}
