import type Hls from 'hls.js';
import { getErrorMessage } from '#api/errors.ts';
import type { TimeRange } from '#lib/time.ts';
import { getGapEnd } from './buffered.ts';
import type { EngineListener, EngineReport, SeekRequest } from './engine-types.ts';
import { ErrorRecovery, type PlaybackError } from './error-recovery.ts';
import { FrameClock, frameAt, onNextFrame } from './frame-clock.ts';
import { loadStreamOpener, type OpenStream, PlayerCodeError, type VideoStream } from './video-stream.ts';

const TIME_REPORT_MS = 100;
/** Seconds added to each seek. Times are rounded to milliseconds: a frame that starts at 0.0333 s is requested as 0.033. */
const ROUNDING_MARGIN = 0.001;
/** A newer seek waits this long for the frame of the one before, then replaces it. */
const MAX_SEEK_WAIT_MS = 250;
/** How long playback waits for the frame of a seek that has completed. */
const MAX_FRAME_WAIT_MS = 500;
/** Shorter waits are not reported. */
const WAITING_AFTER_MS = 250;
/** Seconds. A frame this far from the playhead was shown before the seek. */
const NEAR_SECONDS = 0.15;
/** Seconds. Used until enough frames were seen. */
const DEFAULT_FRAME_DURATION = 1 / 30;

/**
 * One video element that plays HLS, without React. Opens a manifest, seeks to exact frames (the last request wins, also
 * before the manifest is loaded), plays ranges and loops, recovers from errors, and reports one state.
 */
export class PlayerEngine {
  readonly video: HTMLVideoElement;
  readonly #listener: EngineListener;
  readonly #frames = new FrameClock();
  #openStream: OpenStream | null = null;
  #stream: VideoStream | null = null;
  #manifestUrl = '';
  /** Counts calls of `open`: one that has been overtaken stops. */
  #opening = 0;
  #recovery = new ErrorRecovery();
  #recoveryTimer = 0;
  #needsReload = false;
  #waitTimer = 0;
  #pendingSeek: SeekRequest | null = null;
  #until: number | null = null;
  #loop: TimeRange | null = null;
  #seekingSince = 0;
  #seekTimer = 0;
  /** Seconds: the last seek as it was requested. */
  #soughtTime = -1;
  /** Set while playback waits for the frame of a seek. */
  #starting: { timer: number } | null = null;
  /** True from a pause until the clock stands on the frame that is seen. */
  #isPausing = false;
  #lastTimeReport = 0;

  constructor(listener: EngineListener) {
    this.#listener = listener;
    this.video = document.createElement('video');
    this.video.playsInline = true;
    this.video.preload = 'auto';
    this.#listen();
  }

  /** The hls.js instance, for prefetching; null while nothing is open and where the browser plays HLS itself. */
  get hls(): Hls | null {
    return this.#stream?.hls ?? null;
  }

  /** Seconds: where the playhead is, or is about to be. */
  get playhead(): number {
    if (this.#pendingSeek) return this.#pendingSeek.time;
    const { currentTime } = this.video;
    return Math.abs(currentTime - this.#soughtTime - ROUNDING_MARGIN) < ROUNDING_MARGIN / 2
      ? this.#soughtTime
      : currentTime;
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
    // Not at once, which is before hls.js gets the event: drawing the new time must not delay fetching the frame for it.
    video.addEventListener('seeking', () =>
      requestAnimationFrame(() => this.#listener.report({ time: this.playhead })),
    );
    on('durationchange', () => ({
      duration: Number.isFinite(video.duration) ? video.duration : 0,
      frameDuration: this.#frameDuration,
    }));
    on('resize', () => (video.videoHeight > 0 ? { aspectRatio: video.videoWidth / video.videoHeight } : {}));
    // WebKitGTK plays on when it is paused while it still changes its speed.
    video.addEventListener('play', () => {
      if (this.#isPausing) video.pause();
    });
    video.addEventListener('seeked', () => {
      this.#isPausing = false;
      this.#startLater();
    });
    on('seeked', () => ({ time: this.playhead, status: video.paused ? 'ready' : 'playing' }));
    video.addEventListener('seeked', () => this.#applyPendingSeek());
    video.addEventListener('loadedmetadata', () => this.#applyPendingSeek());
    video.addEventListener('timeupdate', () => this.#advance());
    video.addEventListener('ended', () => this.#end());
    window.addEventListener('online', () => this.#stream?.resumeLoading());
    const onFrame = (mediaTime: number) => {
      this.#frames.note(mediaTime);
      this.#advance();
      onNextFrame(video, onFrame);
    };
    onNextFrame(video, onFrame);
  }

  /** Reports the time, and acts where the range or the loop ends. */
  #advance(): void {
    const { video } = this;
    if (video.readyState === 0) return;
    const now = performance.now();
    if (now - this.#lastTimeReport >= TIME_REPORT_MS) {
      this.#lastTimeReport = now;
      this.#recovery.reset();
      this.#listener.report({ time: this.playhead });
    }
    if (video.paused || video.seeking || this.#pendingSeek) return;
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
    if (this.#listener.rangeEnded()) return;
    this.video.pause();
    // The frame that stays on the screen belongs to the range.
    if (until !== null) this.seek({ time: Math.max(0, until - this.#frameDuration), play: false, until: null });
  }

  get #frameDuration(): number {
    // Measured frames are more reliable than the manifest, which may not tell the frame rate at all.
    const said = this.#stream?.getFrameRate();
    return this.#frames.duration ?? (said ? 1 / said : DEFAULT_FRAME_DURATION);
  }

  /** Opens a manifest at a time, and closes what was open before. */
  async open(manifestUrl: string, request: SeekRequest): Promise<void> {
    const opening = ++this.#opening;
    this.#close();
    this.#manifestUrl = manifestUrl;
    this.#pendingSeek = request;
    this.#frames.reset();
    this.#recovery = new ErrorRecovery();
    this.#listener.report({ status: 'loading', error: null, time: request.time, audioTracks: [] });
    try {
      // Without a wait once it is loaded: the stream is asked for before anything is drawn.
      this.#openStream ??= await loadStreamOpener(this.video);
      if (opening !== this.#opening) return;
      const isCurrent = () => opening === this.#opening;
      this.#stream = this.#openStream(manifestUrl, this.#pendingSeek?.time ?? request.time, {
        onError: (error) => isCurrent() && this.#recover(error),
        onBuffered: () => isCurrent() && this.#skipGap(),
        onAudioTracks: (audioTracks) => isCurrent() && this.#listener.report({ audioTracks }),
      });
    } catch (error) {
      this.#needsReload = error instanceof PlayerCodeError;
      if (opening === this.#opening) this.#listener.report({ status: 'error', error: getErrorMessage(error) });
    }
  }

  /** Completes a seek into a gap at the start of a buffered segment: a picture that starts after the sound, for example. */
  #skipGap(): void {
    const { video } = this;
    const segmentEnd = this.#stream?.getSegmentEnd(video.currentTime) ?? null;
    if (!video.seeking || segmentEnd === null) return;
    const gapEnd = getGapEnd(video, video.currentTime, segmentEnd);
    if (gapEnd === null) return;
    this.#soughtTime = gapEnd;
    video.currentTime = gapEnd + ROUNDING_MARGIN;
  }

  #recover(error: PlaybackError): void {
    const stream = this.#stream;
    if (!stream) return;
    const action = this.#recovery.next(error, performance.now());
    if (action.type === 'reload-manifest' || action.type === 'resume-loading') {
      const act = action.type === 'resume-loading' ? stream.resumeLoading : stream.reloadManifest;
      // What reloads from the start comes back to where it was.
      if (stream.hls === null) this.#pendingSeek ??= this.#getPosition();
      this.#recoveryTimer = window.setTimeout(act, action.delayMs);
    } else if (action.type === 'reopen') this.#reopen();
    else if (action.type === 'give-up') {
      this.#close();
      this.#listener.report({ status: 'error', error: action.message });
    } else {
      if (stream.hls === null) this.#pendingSeek ??= this.#getPosition();
      stream.recoverMedia(action.type === 'swap-audio-codec');
    }
  }

  #reopen(): void {
    const recovery = this.#recovery;
    void this.open(this.#manifestUrl, this.#pendingSeek ?? this.#getPosition());
    // Keeps count: the same error must not be retried for ever.
    this.#recovery = recovery;
  }

  /** Fetches the manifest of the open video again, for tracks that have been added or removed. Playback goes on where it is. */
  refresh(): void {
    if (this.#manifestUrl !== '') void this.open(this.#manifestUrl, this.#pendingSeek ?? this.#getPosition());
  }

  #getPosition(): SeekRequest {
    return { time: this.playhead, play: !this.video.paused, until: this.#until };
  }

  /** Opens the video again after an error, at a time in seconds. */
  retry(time: number): void {
    if (this.#needsReload) window.location.reload();
    else if (this.#manifestUrl) void this.open(this.#manifestUrl, { time, play: true, until: this.#until });
  }

  /** Seeks in the open video as soon as possible. With `play`, starts playback there; a playing video plays on. */
  seek({ time, play, until }: SeekRequest): void {
    const goesOn = this.#pendingSeek?.play || this.#starting !== null || !this.video.paused;
    this.#pendingSeek = { time, play: play || goesOn, until };
    this.#until = until;
    if (this.video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const waited = performance.now() - this.#seekingSince;
    // Seeks that arrive faster than frames would each cancel the one before, and no frame would be shown.
    if (this.video.seeking && waited < MAX_SEEK_WAIT_MS) {
      clearTimeout(this.#seekTimer);
      this.#seekTimer = window.setTimeout(() => this.#applyPendingSeek(), MAX_SEEK_WAIT_MS - waited);
    } else this.#applyPendingSeek();
  }

  #applyPendingSeek(): void {
    const request = this.#pendingSeek;
    if (!request) return;
    this.#pendingSeek = null;
    this.#until = request.until;
    clearTimeout(this.#seekTimer);
    this.#seekingSince = performance.now();
    const end = this.video.duration;
    const last = Number.isFinite(end) ? Math.max(0, end - 0.05) : Number.POSITIVE_INFINITY;
    this.#soughtTime = Math.min(request.time, last);
    this.video.currentTime = this.#soughtTime + ROUNDING_MARGIN;
    this.#skipGap();
    if (!request.play || !this.video.paused) return;
    // The requested frame is shown before playback starts: started at once, a busy browser begins some frames later.
    const starting = { timer: 0 };
    this.#starting = starting;
    if (document.hidden) this.#start(starting);
    const look = (mediaTime: number) => {
      if (this.#starting !== starting) return;
      // A frame of the seek before may still be on its way.
      if (Math.abs(mediaTime - this.#soughtTime) < NEAR_SECONDS) requestAnimationFrame(() => this.#start(starting));
      else onNextFrame(this.video, look);
    };
    onNextFrame(this.video, look);
  }

  #startLater(): void {
    const starting = this.#starting;
    if (starting) starting.timer = window.setTimeout(() => this.#start(starting), MAX_FRAME_WAIT_MS);
  }

  #start(starting: { timer: number }): void {
    clearTimeout(starting.timer);
    if (this.#starting !== starting) return;
    this.#starting = null;
    void this.play();
  }

  /** Repeats a range, from the next time its end is reached; null ends the loop. */
  setLoop(loop: TimeRange | null): void {
    this.#loop = loop;
  }

  /** Pauses, and moves by frames. */
  step(frames: number): void {
    this.pause();
    const stream = this.#stream;
    const go = () => this.seek({ time: frameAt(this.playhead, this.#frameDuration, frames), play: false, until: null });
    const fetching = this.#frames.duration === null ? stream?.fetchingFrameRate : null;
    // By a frame rate that is assumed, it might stay on its frame.
    if (fetching) void fetching.then(() => stream === this.#stream && go());
    else go();
  }

  async play(): Promise<void> {
    this.#isPausing = false;
    try {
      await this.video.play();
    } catch {
      // The browser requires a click first, or a newer request came between: the state says that it is not playing.
      if (this.video.paused) this.#listener.report({ status: 'ready' });
    }
  }

  pause(): void {
    if (this.#pendingSeek) this.#pendingSeek = { ...this.#pendingSeek, play: false };
    this.#starting = null;
    if (this.video.paused) return;
    this.video.pause();
    if (this.#pendingSeek || this.video.ended) return;
    this.#isPausing = true;
    // Browsers show frames a little ahead of their clock; paused, the clock names the frame that is seen.
    const { currentTime } = this.video;
    const seen = this.#frames.last ?? currentTime;
    const time = Math.abs(seen - currentTime) < NEAR_SECONDS ? seen : currentTime;
    this.seek({ time, play: false, until: this.#until });
  }

  selectAudioTrack(id: number): void {
    this.#stream?.selectAudioTrack(id);
  }

  toggle(): void {
    if (this.video.paused && !this.#starting) void this.play();
    else this.pause();
  }

  #close(): void {
    clearTimeout(this.#recoveryTimer);
    clearTimeout(this.#waitTimer);
    clearTimeout(this.#seekTimer);
    this.#starting = null;
    this.#stream?.close();
    this.#stream = null;
    this.video.removeAttribute('src');
    this.video.load();
  }
}
