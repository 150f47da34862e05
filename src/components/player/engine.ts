import type Hls from 'hls.js';
import type { PlayerStatus } from '#stores/player.ts';

export interface EngineReport {
  readonly status?: PlayerStatus;
  /** Seconds. */
  readonly time?: number;
  readonly duration?: number;
  readonly error?: string | null;
}

/** How often a stream may break and be mended before the viewer hears of it. */
const MENDS = 3;
const TIME_REPORT_MS = 100;

/**
 * One video element over hls.js, without React. Opens a manifest, seeks exactly (the last order wins, also before the
 * manifest is there), recovers from broken streams by itself, and reports one state.
 */
export class PlayerEngine {
  readonly video: HTMLVideoElement;
  readonly #report: (report: EngineReport) => void;
  #hls: Hls | null = null;
  #opening = 0;
  #wanted: { time: number; play: boolean } | null = null;
  #mends = 0;
  #lastTimeReport = 0;

  constructor(report: (report: EngineReport) => void) {
    this.#report = report;
    this.video = document.createElement('video');
    this.video.playsInline = true;
    this.video.preload = 'auto';
    this.#listen();
  }

  #listen(): void {
    const { video } = this;
    const on = (event: keyof HTMLVideoElementEventMap, report: () => EngineReport) =>
      video.addEventListener(event, () => this.#report(report()));
    on('playing', () => ({ status: 'playing', error: null }));
    on('pause', () => ({ status: 'ready', time: video.currentTime }));
    on('waiting', () => ({ status: 'waiting' }));
    on('seeked', () => ({ time: video.currentTime, status: video.paused ? 'ready' : 'playing' }));
    on('durationchange', () => ({ duration: Number.isFinite(video.duration) ? video.duration : 0 }));
    video.addEventListener('loadedmetadata', () => this.#obey());
    video.addEventListener('timeupdate', () => this.#reportTime());
    const onFrame = () => {
      this.#reportTime();
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  }

  #reportTime(): void {
    const now = performance.now();
    if (now - this.#lastTimeReport < TIME_REPORT_MS || this.video.readyState === 0) return;
    this.#lastTimeReport = now;
    this.#report({ time: this.video.currentTime });
  }

  /** Opens a manifest at a second. What was open before is let go. */
  async open(manifestUrl: string, time: number, play: boolean): Promise<void> {
    const opening = ++this.#opening;
    this.#close();
    this.#wanted = { time, play };
    this.#mends = 0;
    this.#report({ status: 'loading', error: null, time });
    const { default: HlsPlayer } = await import('hls.js');
    if (opening !== this.#opening) return;
    if (!HlsPlayer.isSupported()) {
      this.#report({ status: 'error', error: 'This browser cannot play HLS video.' });
      return;
    }
    const hls = new HlsPlayer({ startPosition: time, maxBufferLength: 20, backBufferLength: 60 });
    this.#hls = hls;
    hls.on(HlsPlayer.Events.ERROR, (_event, data) => {
      if (!data.fatal || this.#hls !== hls) return;
      this.#mends += 1;
      if (this.#mends > MENDS) {
        this.#report({ status: 'error', error: 'This video cannot be played right now. Try again in a moment.' });
        hls.destroy();
        this.#hls = null;
      } else if (data.type === HlsPlayer.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else if (data.details === HlsPlayer.ErrorDetails.MANIFEST_LOAD_ERROR) hls.loadSource(manifestUrl);
      else hls.startLoad();
    });
    hls.loadSource(manifestUrl);
    hls.attachMedia(this.video);
  }

  /** Goes to a second of the open video, once it can. With `play`, starts playing there. */
  seek(time: number, play: boolean): void {
    this.#wanted = { time, play: play || !this.video.paused };
    if (this.video.readyState >= HTMLMediaElement.HAVE_METADATA) this.#obey();
  }

  #obey(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#wanted = null;
    const end = this.video.duration;
    const time = Number.isFinite(end) ? Math.min(wanted.time, Math.max(0, end - 0.05)) : wanted.time;
    this.video.currentTime = time;
    this.#report({ time, status: 'ready' });
    if (wanted.play) void this.play();
  }

  async play(): Promise<void> {
    try {
      await this.video.play();
    } catch {
      // The browser wants a click first, or a newer order came between: the state says that it is not playing.
      if (this.video.paused) this.#report({ status: 'ready' });
    }
  }

  toggle(): void {
    if (this.video.paused) void this.play();
    else this.video.pause();
  }

  #close(): void {
    this.#hls?.destroy();
    this.#hls = null;
    this.video.removeAttribute('src');
    this.video.load();
  }
}
