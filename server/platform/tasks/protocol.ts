import type { Matrix } from '../map/pca.ts';
import type { Sample } from '../samples/catalog.ts';
import type { SegmentObservation } from '../vision/observation.ts';

/** What a task process can be asked to do, and what it says back. Paths are on the local disk. */

/** What a file holds, as far as playing it goes. Seconds, pixels, frames a second, bits a second. */
export interface ProbeResult {
  readonly format: string;
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
  readonly audio: { readonly codec: string; readonly sampleRate: number; readonly channels: number } | null;
  /** What could not be read or played, as sentences; absent for videos of version 0.1. */
  readonly warnings?: readonly string[];
}

/** One encoded version of a video. */
export interface Rendition {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** Bits a second, measured on the file. */
  readonly bandwidth: number;
}

/** What came of encoding a source. */
export interface Transcoded {
  readonly renditions: Rendition[];
  /** Seconds that play, measured. */
  readonly duration: number;
  /** Frames per second that were written, on average; 0 for a single frame. */
  readonly frameRate: number;
  /** What the source holds and the renditions do not, as sentences. */
  readonly warnings: string[];
}

export interface Tasks {
  probe: { args: { input: string }; result: ProbeResult };
  poster: { args: { input: string; output: string }; result: null };
  scrub: { args: { input: string; output: string }; result: null };
  transcode: { args: { input: string; outputDir: string; ladder: boolean }; result: Transcoded };
  packageHls: { args: { renditions: Rendition[]; outputDir: string }; result: { playlist: string } };
  projectMap: { args: { matrix: Matrix }; result: [x: number, y: number][] };
  makeSample: { args: { sample: Sample; output: string }; result: null };
  observe: { args: { input: string; outputDir: string }; result: SegmentObservation[] };
}

export type TaskName = keyof Tasks;

export type TaskRequest = {
  [Name in TaskName]: { name: Name; args: Tasks[Name]['args'] };
}[TaskName];

export type TaskMessage =
  | { type: 'progress'; fraction: number }
  | { type: 'result'; value: unknown }
  | { type: 'error'; sentence: string; final: boolean };

/** The file itself is at fault: trying again will not help. The message is a sentence for the user. */
export class UnreadableMediaError extends Error {
  override name = 'UnreadableMediaError';
}
