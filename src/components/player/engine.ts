import type Hls from 'hls.js';
import type { Interval, PlayerStatus } from '#stores/player.ts';
import { FrameClock, frameAt } from './frame-clock.ts';
import { type Breakage, Mending, type Remedy } from './mending.ts';
import { HLS_CONFIG } from './stream-policy.ts';

export interface EngineReport {
  readonly status?: PlayerStatus;
  /** Seconds. */
  readonly time?: number;
  readonly duration?: number;
  readonly frameDuration?: number | null;
  readonly error?: string | null;
}

export interface EngineListener {
  report(report: EngineReport): void;
  /** Playing reached the end of what was asked for; true when something else is to be played now. */
  intervalEnded(): boolean;
}

export interface SeekOrder {
  /** Seconds. */
  readonly time: number;
  readonly play: boolean;
  /** Where playing is to end; null plays on. */
  readonly until: number | null;
}

const TIME_REPORT_MS = 100;
/** Seconds added to each seek. Times come rounded to the millisecond: a frame that starts at 0.0333 s is asked for as 0.033. */
const PAST_ROUNDING = 0.001;
/** A seek that has found no frame for so long makes way for a newer one; until then the newer one waits for its frame. */
const SEEK_PATIENCE_MS = 250;
/** How long playing waits for the frame that was sought, once the seek is done. */
const FRAME_PATIENCE_MS = 500;
/** Waits shorter than this are not worth a word. */
const WAITING_AFTER_MS = 250;
/** A frame that far from the clock was shown before a seek. */
const NEAR_SECONDS = 0.15;
/** Assumed until enough frames were seen. */
const USUAL_FRAME = 1 / 30;

/**
 * One video element over hls.js, without React. Opens a manifest, seeks exactly (the last order wins, also before the
 * manifest is there), plays stretches and loops, recovers from broken streams by itself, and reports one state.
 */
export class PlayerEngine {
  readonly video: HTMLVideoElement;
  readonly #listener: EngineListener;
  readonly #frames = new FrameClock();
  #hls: Hls | null = null;
  #manifestUrl = '';
  #opening = 0;
  #mending = new Mending();
  #mendTimer = 0;
  #waitTimer = 0;
  #wanted: SeekOrder | null = null;
  #until: number | null = null;
  #loop: Interval | null = null;
  #seekingSince = 0;
  #patience = 0;
  /** The second that was sought last, as it was asked for. */
  #sought = -1;
  /** Set while playing waits for the frame that was sought. */
  #starting: { timer: number } | null = null;
  #lastTimeReport = 0;

  constructor(listener: EngineListener) {
    this.#listener = listener;
    this.video = document.createElement('video');
    this.video.playsInline = true;
    this.video.preload = 'auto';
    this.#listen();
  }

  /** The stream behind the element, for what looks ahead in it; null while nothing is open. */
  get hls(): Hls | null {
    return this.#hls;
  }

  /** Seconds: where the playhead is, or is about to be. */
  get playhead(): number {
    if (this.#wanted) return this.#wanted.time;
    const { currentTime } = this.video;
    return Math.abs(currentTime - this.#sought - PAST_ROUNDING) < PAST_ROUNDING / 2 ? this.#sought : currentTime;
  }

  #listen(): void {
    const { video } = this;
    const on = (event: keyof HTMLVideoElementEventMap, report: () => EngineReport) =>
      video.addEventListener(event, () => this.#listener.report(report()));
    on('playing', () => ({ status: 'playing', error: null }));
    video.addEventListener('waiting', () => {
      clearTimeout(this.#waitTimer);
      this.#waitTimer = window.setTimeout(() => {
        if (video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) this.#listener.report({ status: 'waiting' });
      }, WAITING_AFTER_MS);
    });
    on('pause', () => ({ status: 'ready', time: this.playhead, frameDuration: this.#frameDuration }));
    // Not when the seek is ordered: pages that draw the new time must not hold up what fetches the picture for it.
    on('seeking', () => ({ time: this.playhead }));
    on('durationchange', () => ({
      duration: Number.isFinite(video.duration) ? video.duration : 0,
      frameDuration: this.#frameDuration,
    }));
    video.addEventListener('seeked', () => this.#startSoon());
    on('seeked', () => ({ time: this.playhead, status: video.paused ? 'ready' : 'playing' }));
    video.addEventListener('seeked', () => this.#obey());
    video.addEventListener('loadedmetadata', () => this.#obey());
    video.addEventListener('timeupdate', () => this.#advance());
    video.addEventListener('ended', () => this.#end());
    window.addEventListener('online', () => this.#hls?.startLoad());
    const onFrame = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      this.#frames.note(mediaTime);
      this.#advance();
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  }

  /** Reports the time, and minds where the stretch or the loop ends. */
  #advance(): void {
    const { video } = this;
    if (video.readyState === 0) return;
    const now = performance.now();
    if (now - this.#lastTimeReport >= TIME_REPORT_MS) {
      this.#lastTimeReport = now;
      this.#mending.calm();
      this.#listener.report({ time: this.playhead });
    }
    if (video.paused || video.seeking || this.#wanted) return;
    // The frame that is shown now is the last one before the end.
    const ahead = video.currentTime + this.#frameDuration / 2;
    const loop = this.#loop;
    if (loop && ahead >= loop.end && video.currentTime < loop.end + 1) {
      this.seek({ time: loop.start, play: true, until: this.#until });
    } else if (this.#until !== null && ahead >= this.#until) this.#end();
  }

  #end(): void {
    const [until, loop] = [this.#until, this.#loop];
    if (loop && this.video.ended && loop.end >= this.video.currentTime - this.#frameDuration) {
      this.seek({ time: loop.start, play: true, until });
      return;
    }
    this.#until = null;
    if (this.#listener.intervalEnded()) return;
    this.video.pause();
    // What stays on the screen belongs to the stretch.
    if (until !== null) this.seek({ time: Math.max(0, until - this.#frameDuration), play: false, until: null });
  }

  get #frameDuration(): number {
    // What was seen is truer than what the manifest says, which may not say it at all.
    const said = this.#hls?.levels[Math.max(0, this.#hls.currentLevel)]?.frameRate;
    return this.#frames.duration ?? (said ? 1 / said : USUAL_FRAME);
  }

  /** Opens a manifest at a second. What was open before is let go. */
  async open(manifestUrl: string, order: SeekOrder): Promise<void> {
    const opening = ++this.#opening;
    this.#close();
    this.#manifestUrl = manifestUrl;
    this.#wanted = order;
    this.#frames.reset();
    this.#mending = new Mending();
    this.#listener.report({ status: 'loading', error: null, time: order.time });
    const { default: HlsPlayer } = await import('hls.js');
    if (opening !== this.#opening) return;
    if (!HlsPlayer.isSupported()) {
      this.#listener.report({ status: 'error', error: 'This browser cannot play HLS video.' });
      return;
    }
    const hls = new HlsPlayer({ ...HLS_CONFIG, startPosition: this.#wanted?.time ?? order.time });
    this.#hls = hls;
    const { ErrorTypes, Events } = HlsPlayer;
    hls.on(Events.ERROR, (_event, { fatal, type, response }) => {
      if (!fatal || this.#hls !== hls) return;
      const kind = type === ErrorTypes.NETWORK_ERROR ? 'network' : type === ErrorTypes.MEDIA_ERROR ? 'media' : 'other';
      this.#mend(hls, { kind, manifest: hls.levels.length === 0, httpStatus: response?.code ?? null });
    });
    hls.loadSource(manifestUrl);
    hls.attachMedia(this.video);
  }

  #mend(hls: Hls, breakage: Breakage): void {
    const remedy: Remedy = this.#mending.remedy(breakage, performance.now());
    if (remedy.act === 'load-again' || remedy.act === 'go-on') {
      const act = remedy.act === 'go-on' ? () => hls.startLoad() : () => hls.loadSource(this.#manifestUrl);
      this.#mendTimer = window.setTimeout(act, remedy.afterMs);
    } else if (remedy.act === 'open-again') this.#openAgain();
    else if (remedy.act === 'give-up') {
      this.#close();
      this.#listener.report({ status: 'error', error: remedy.sentence });
    } else {
      if (remedy.act === 'swap-audio') hls.swapAudioCodec();
      hls.recoverMediaError();
    }
  }

  #openAgain(): void {
    const mending = this.#mending;
    void this.open(this.#manifestUrl, this.#wanted ?? this.#whereItStands());
    // The same trouble is not met with fresh patience.
    this.#mending = mending;
  }

  #whereItStands(): SeekOrder {
    return { time: this.playhead, play: !this.video.paused, until: this.#until };
  }

  /** Opens what could not be played once more, at a second. */
  retry(time: number): void {
    if (this.#manifestUrl) void this.open(this.#manifestUrl, { time, play: true, until: this.#until });
  }

  /** Goes to a second of the open video, once it can. With `play`, starts playing there; a playing video plays on. */
  seek({ time, play, until }: SeekOrder): void {
    const goesOn = this.#wanted?.play || this.#starting !== null || !this.video.paused;
    this.#wanted = { time, play: play || goesOn, until };
    this.#until = until;
    if (this.video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const waited = performance.now() - this.#seekingSince;
    // Seeks that come faster than frames would each cancel the one before, and nothing would be seen of any.
    if (this.video.seeking && waited < SEEK_PATIENCE_MS) {
      clearTimeout(this.#patience);
      this.#patience = window.setTimeout(() => this.#obey(), SEEK_PATIENCE_MS - waited);
    } else this.#obey();
  }

  #obey(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#wanted = null;
    this.#until = wanted.until;
    clearTimeout(this.#patience);
    this.#seekingSince = performance.now();
    const end = this.video.duration;
    const last = Number.isFinite(end) ? Math.max(0, end - 0.05) : Number.POSITIVE_INFINITY;
    this.#sought = Math.min(wanted.time, last);
    this.video.currentTime = this.#sought + PAST_ROUNDING;
    if (!wanted.play || !this.video.paused) return;
    // What was asked for is seen first, and played then: started at once, a busy browser begins some frames later.
    const starting = { timer: 0 };
    this.#starting = starting;
    if (document.hidden) this.#start(starting);
    const look = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      if (this.#starting !== starting) return;
      // A frame of the seek before may still be on its way.
      if (Math.abs(mediaTime - this.#sought) < NEAR_SECONDS) requestAnimationFrame(() => this.#start(starting));
      else this.video.requestVideoFrameCallback(look);
    };
    this.video.requestVideoFrameCallback(look);
  }

  #startSoon(): void {
    const starting = this.#starting;
    if (starting) starting.timer = window.setTimeout(() => this.#start(starting), FRAME_PATIENCE_MS);
  }

  #start(starting: { timer: number }): void {
    clearTimeout(starting.timer);
    if (this.#starting !== starting) return;
    this.#starting = null;
    void this.play();
  }

  /** Plays a stretch again and again, from the next time its end is reached; null ends that. */
  setLoop(loop: Interval | null): void {
    this.#loop = loop;
  }

  /** Pauses, and moves by frames. */
  step(frames: number): void {
    this.pause();
    this.seek({ time: frameAt(this.playhead, this.#frameDuration, frames), play: false, until: null });
  }

  async play(): Promise<void> {
    try {
      await this.video.play();
    } catch {
      // The browser wants a click first, or a newer order came between: the state says that it is not playing.
      if (this.video.paused) this.#listener.report({ status: 'ready' });
    }
  }

  pause(): void {
    if (this.#wanted) this.#wanted = { ...this.#wanted, play: false };
    this.#starting = null;
    if (this.video.paused) return;
    this.video.pause();
    if (this.#wanted || this.video.ended) return;
    // Browsers show frames a little ahead of their clock; paused, the clock names the frame that is seen.
    const { currentTime } = this.video;
    const seen = this.#frames.last ?? currentTime;
    const time = Math.abs(seen - currentTime) < NEAR_SECONDS ? seen : currentTime;
    this.seek({ time, play: false, until: this.#until });
  }

  toggle(): void {
    if (this.video.paused && !this.#starting) void this.play();
    else this.pause();
  }

  #close(): void {
    clearTimeout(this.#mendTimer);
    clearTimeout(this.#waitTimer);
    clearTimeout(this.#patience);
    this.#starting = null;
    this.#hls?.destroy();
    this.#hls = null;
    this.video.removeAttribute('src');
    this.video.load();
  }
}
