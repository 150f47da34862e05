import type { Page } from '@playwright/test';
import { readFrameNumber } from '../clips/frame-number.ts';
import { CLIP } from '../clips/timecode.ts';

/** Reads what the player really shows, from the video element that a person would be looking at. */
export class PlayerProbe {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Starts noting the media time (seconds) of every frame that reaches the screen, also of a video not yet opened. */
  async watch(): Promise<void> {
    await this.#page.evaluate(() => {
      const frames: number[] = [];
      Object.assign(window, { shownFrames: frames });
      const note = (video: HTMLVideoElement) =>
        video.requestVideoFrameCallback((_now, { mediaTime }) => {
          if ((window as unknown as { shownFrames: number[] }).shownFrames !== frames) return;
          frames.push(mediaTime);
          note(video);
        });
      const video = document.querySelector('video');
      if (video) note(video);
    });
  }

  /** Media times shown since `watch`. */
  async shown(): Promise<number[]> {
    return this.#page.evaluate(() => (window as unknown as { shownFrames?: number[] }).shownFrames ?? []);
  }

  /** How far the playhead is, in seconds. */
  async currentTime(): Promise<number> {
    return this.#page.evaluate(() => document.querySelector('video')?.currentTime ?? -1);
  }

  async isPlaying(): Promise<boolean> {
    return this.#page.evaluate(() => {
      const video = document.querySelector('video');
      return video !== null && !video.paused && video.readyState > 2;
    });
  }

  /** How many different colors the shown frame has, read from a copy of its pixels: 0 or 1 means nothing is drawn. */
  async colorsDrawn(): Promise<number> {
    return this.#page.evaluate(() => {
      const video = document.querySelector('video');
      const context = new OffscreenCanvas(64, 36).getContext('2d');
      if (!video || !context) return 0;
      context.drawImage(video, 0, 0, 64, 36);
      const { data } = context.getImageData(0, 0, 64, 36);
      const colors = new Set<number>();
      for (let at = 0; at < data.length; at += 4) {
        colors.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
      }
      return colors.size;
    });
  }

  /** The frame number that a timecode clip shows right now, read from its pixels; -1 while it shows none. */
  async frameNumber(): Promise<number> {
    return this.#page.evaluate(readFrameNumber, CLIP);
  }

  /**
   * Listens for the next frame that is another than the one shown now; resolves once it does, to what waits for the number of
   * that frame, read as it is shown. A browser may show what was sought before it tells that it is seeking.
   */
  async nextFrame(): Promise<() => Promise<number>> {
    await this.#page.evaluate(
      ([read, clip]) => {
        const readFrame = new Function(`return ${read}`)() as (shape: typeof clip) => number;
        const video = document.querySelector('video');
        const before = readFrame(clip);
        const nextFrame = new Promise<number>((resolve) => {
          video?.requestVideoFrameCallback(function look() {
            const shown = readFrame(clip);
            if (shown === before) video.requestVideoFrameCallback(look);
            else resolve(shown);
          });
        });
        Object.assign(window, { nextFrame });
      },
      [readFrameNumber.toString(), CLIP] as const,
    );
    return () => this.#page.evaluate(() => (window as unknown as { nextFrame: Promise<number> }).nextFrame);
  }

  /**
   * Listens for the next seek; resolves once it does, to what waits for the number of the frame that is sought. What is shown
   * first there is read by the frame in first-frames.spec.ts: beside a second browser, frames are dropped.
   */
  async nextSeek(): Promise<() => Promise<number>> {
    await this.#page.evaluate((rate) => {
      const nextSeek = new Promise<number>((resolve) => {
        const video = document.querySelector('video');
        // Times of frames are not exact in binary.
        video?.addEventListener('seeking', () => resolve(Math.floor(video.currentTime * rate + 0.01)), { once: true });
      });
      Object.assign(window, { nextSeek });
    }, CLIP.rate);
    return () => this.#page.evaluate(() => (window as unknown as { nextSeek: Promise<number> }).nextSeek);
  }

  /** Resolves once the player stands within half a frame of a second and shows what it has found there. */
  async settled(seconds: number): Promise<void> {
    await this.#page.waitForFunction(
      ([at, near]) => {
        const video = document.querySelector('video');
        return video && !video.seeking && video.readyState >= 2 && Math.abs(video.currentTime - at) < near;
      },
      [seconds, 0.6 / CLIP.rate] as const,
    );
  }

  /** Resolves once the player rests: paused, and no seek under way. */
  async resting(): Promise<void> {
    await this.#page.waitForFunction(() => {
      const video = document.querySelector('video');
      return video?.paused && !video.seeking;
    });
  }

  /** How fast the video plays; 1 is as it was filmed. */
  async speed(): Promise<number> {
    return this.#page.evaluate(() => document.querySelector('video')?.playbackRate ?? 0);
  }
}
