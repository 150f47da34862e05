import type { Precision } from '../inference/precision.ts';

/** What the platform and the process of a speech model tell each other. */

/** Whisper hears so much at once. */
export const WINDOW_SECONDS = 30;

export interface SpeechModel {
  /** Absolute, laid out as on the hub. */
  readonly folder: string;
  readonly precision: Precision;
}

/** A part of a sound file, of at most `WINDOW_SECONDS`. */
export interface SpeechWindow {
  /** WAV: mono, 16 bits, `SAMPLE_RATE` of `piece-cutter.ts`, with a header of 44 bytes. */
  readonly file: string;
  /** Seconds from the beginning of the file. */
  readonly start: number;
  readonly seconds: number;
  /** As Whisper names it ("en"); null to have it detected. */
  readonly language: string | null;
}

/** What is said from one time to another, in seconds from the beginning of the window. */
export interface SpokenText {
  readonly start: number;
  /** Null where the model has not heard the end of it. */
  readonly end: number | null;
  readonly text: string;
}

export interface WindowTranscription {
  readonly language: string;
  /** From 0 to 1: how likely this is the language. */
  readonly confidence: number;
  readonly spoken: readonly SpokenText[];
}
