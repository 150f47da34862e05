import type { Sample } from './media/sample-catalog.ts';
import type { SegmentObservation } from './vision/observation.ts';
import type { ScreenText } from './vision/text/screen-text.ts';

/** What a task process can be asked to do, and what it says back. Paths are on the local disk. */

/** What a file holds, as far as its header tells. Seconds, pixels, frames per second, bits per second. */
export interface ProbeResult {
  readonly format: string;
  /** ISO 8601; null where the file does not say, absent for videos that were prepared by an earlier version. */
  readonly recordedAt?: string | null;
  readonly duration: number;
  readonly bitRate: number;
  readonly video: {
    readonly codec: string;
    readonly width: number;
    readonly height: number;
    readonly frameRate: number;
    /** Degrees clockwise that a player must turn the picture: 0, 90, 180 or 270. */
    readonly rotation: number;
  };
}

export interface TrackLabel {
  /** BCP 47; null where the file does not tell. */
  readonly language: string | null;
  readonly title: string | null;
}

export interface AudioTrack extends TrackLabel {
  readonly codec: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** A subtitle track as WebVTT. */
export interface SubtitleTrack extends TrackLabel {
  readonly file: string;
}

/** What is stored of a video: the header's facts, corrected by what was measured while it was encoded. */
export interface VideoMetadata extends ProbeResult {
  /** The track that plays first; null where there is no sound. */
  readonly audio: AudioTrack | null;
  /** All tracks that play; absent for videos of version 0.1. */
  readonly audioTracks?: readonly AudioTrack[];
  readonly subtitleTracks?: readonly TrackLabel[];
  /** What could not be read or played, as sentences; absent for videos of version 0.1. */
  readonly warnings?: readonly string[];
}

/** One encoded version of a video. */
export interface Rendition {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** Bits per second, measured on the file. */
  readonly bandwidth: number;
}

/** What goes into an HLS package. */
export interface HlsContent {
  /** Largest first, which holds all audio tracks. */
  readonly renditions: readonly Rendition[];
  readonly audioTracks: readonly TrackLabel[];
  readonly subtitleTracks: readonly SubtitleTrack[];
  /** Seconds. */
  readonly duration: number;
}

/** What came of packaging: file names in the package's folder. */
export interface Packaged {
  readonly playlist: string;
  /** A strip of pictures from all over the video; null where none could be made. */
  readonly scrub: string | null;
}

/** Where the shots of a video start, and stretches in which one frame is held for long. Seconds. */
export interface Shots {
  readonly cuts: readonly number[];
  readonly holds: readonly { readonly start: number; readonly end: number }[];
}

/** What came of encoding a source. */
export interface Transcoded {
  readonly source: ProbeResult;
  /** The main one. */
  readonly renditions: Rendition[];
  /** Whether it is so large that there are steps below it (`transcodeSteps`). */
  readonly hasSteps: boolean;
  /** Seconds that play, measured. */
  readonly duration: number;
  /** Frames per second that were written, on average; 0 for a single frame. */
  readonly frameRate: number;
  /** The audio tracks of the largest rendition, in their order; the first one plays first. */
  readonly audioTracks: AudioTrack[];
  readonly subtitleTracks: SubtitleTrack[];
  /** Of the largest rendition; null where that is a copy, which still has to be checked. */
  readonly shots: Shots | null;
  /** What the source holds and the renditions do not, as sentences. */
  readonly warnings: string[];
}

/** A part of a video's sound as a WAV file. */
export interface SpeechPiece {
  readonly file: string;
  /** Where it begins in the video, and how long it is; seconds. */
  readonly start: number;
  readonly seconds: number;
}

/** What was found in a video's picture. */
export interface VideoAnalysis {
  readonly segments: SegmentObservation[];
  readonly texts: ScreenText[];
  /** Why no text could be read; null when it could. */
  readonly textError: string | null;
}

export interface Tasks {
  poster: { args: { input: string; output: string }; result: null };
  transcode: { args: { input: string; outputDir: string; mayCopy: boolean }; result: Transcoded };
  /** Resolves to the shots of a copied rendition; to null when it is damaged, and has to be encoded. */
  checkCopy: { args: { input: string }; result: Shots | null };
  /** Renditions of a file below the main one, for players in slower networks. */
  transcodeSteps: { args: { input: string; outputDir: string }; result: Rendition[] };
  packageHls: { args: HlsContent & { outputDir: string }; result: Packaged };
  /** `vectors` is a file of rows (`projection/vector-rows.ts`); the result is pairs of x and y, one after the other. */
  projectMap: { args: { vectors: string }; result: Float64Array; draft: Float64Array };
  /** Resolves to a file for each time; null where nothing can be decoded. */
  frames: { args: { input: string; outputDir: string; times: readonly number[] }; result: (string | null)[] };
  makeSample: { args: { sample: Sample; output: string }; result: null };
  analyzePicture: { args: { input: string }; result: SegmentObservation };
  writeSpeechPieces: { args: { input: string; outputDir: string }; result: SpeechPiece[] };
  /** `shots` are found first where they are not known: null. */
  analyzeVideo: { args: { input: string; outputDir: string; shots: Shots | null }; result: VideoAnalysis };
}

export type TaskName = keyof Tasks;

/**
 * What can wait: playback, uploads and answers go first, and what makes a video playable before what makes it searchable.
 */
export const BACKGROUND_TASKS: ReadonlySet<TaskName> = new Set([
  'analyzeVideo',
  'checkCopy',
  'transcodeSteps',
  'projectMap',
]);

/** What a task's result looks like before it is done; of most tasks nothing is known. */
export type Draft<Name extends TaskName> = Tasks[Name] extends { draft: infer Value } ? Value : never;

export type TaskRequest = {
  [Name in TaskName]: { name: Name; args: Tasks[Name]['args'] };
}[TaskName];

export type TaskMessage =
  | { type: 'progress'; fraction: number }
  | { type: 'draft'; value: unknown }
  | { type: 'result'; value: unknown }
  | { type: 'error'; sentence: string; final: boolean };

/** The file itself is at fault: trying again will not help. The message is a sentence for the user. */
export class UnreadableMediaError extends Error {
  override name = 'UnreadableMediaError';
}
