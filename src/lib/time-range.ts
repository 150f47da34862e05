/** A part of a video, in seconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}
