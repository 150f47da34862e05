/**
 * Calls `listener` with the media time (seconds) of the next frame that is shown. Where the browser does not report video
 * frames (Firefox before 132), the next animation frame and the current time stand in.
 */
export function onNextFrame(video: HTMLVideoElement, listener: (mediaTime: number) => void): void {
  if (typeof video.requestVideoFrameCallback === 'function') {
    video.requestVideoFrameCallback((_now, { mediaTime }) => listener(mediaTime));
  } else requestAnimationFrame(() => listener(video.currentTime));
}

/** Frames that must be seen before their length is believed. */
const MIN_SAMPLES = 5;
const MAX_SAMPLES = 24;

/**
 * Learns how long a frame lasts from the media times of frames as they are shown. The median is taken, since frames are
 * skipped and streams vary.
 */
export class FrameClock {
  #last: number | null = null;
  #gaps: number[] = [];

  /** Notes a frame shown at a media time (seconds). */
  note(mediaTime: number): void {
    const gap = this.#last === null ? 0 : mediaTime - this.#last;
    this.#last = mediaTime;
    // Seeks and pauses leave gaps that are no frame's.
    if (gap <= 0.001 || gap > 0.25) return;
    this.#gaps.push(gap);
    if (this.#gaps.length > MAX_SAMPLES) this.#gaps.shift();
  }

  /** Media time of the frame that was shown last, in seconds; null before the first. */
  get last(): number | null {
    return this.#last;
  }

  /** Seconds a frame lasts; null while too few were seen. */
  get duration(): number | null {
    if (this.#gaps.length < MIN_SAMPLES) return null;
    const sorted = [...this.#gaps].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
  }

  reset(): void {
    this.#last = null;
    this.#gaps = [];
  }
}

/** The start of the frame that is `steps` frames from the one shown at `time`, all in seconds. */
export function frameAt(time: number, frameDuration: number, steps: number): number {
  // A time just before a frame's start, by rounding, is that frame's.
  const frame = Math.floor(time / frameDuration + 0.05);
  return Math.max(0, (frame + steps) * frameDuration);
}
