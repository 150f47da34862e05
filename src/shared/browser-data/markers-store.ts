import { z } from 'zod/mini';
import { createId } from '#lib/create-id.ts';
import { createVideoRecords } from './video-records.ts';

const markerSchema = z.object({
  id: z.string(),
  /** Seconds; a marker of a single instant ends where it starts. */
  start: z.number().check(z.nonnegative()),
  end: z.number().check(z.nonnegative()),
  note: z.string(),
});
export type Marker = Readonly<z.infer<typeof markerSchema>>;

const videoMarkersSchema = z.object({
  id: z.string(),
  /** The in and the out point as they are set now, in seconds. */
  in: z.nullable(z.number()),
  out: z.nullable(z.number()),
  marks: z.array(markerSchema),
});
export type VideoMarkers = Readonly<z.infer<typeof videoMarkersSchema>>;

const inOrder = (marks: readonly Marker[]) => [...marks].sort((a, b) => a.start - b.start || a.end - b.end);

/** In and out points and markers, one record per video, stored in this browser. */
const records = createVideoRecords<Omit<VideoMarkers, 'id'>>('studio-marks', videoMarkersSchema, {
  in: null,
  out: null,
  marks: [],
});
const { change } = records;

export const useMarkers = records.useRecords;
export const forgetMarkers = records.forget;
export const clearMarkers = records.clear;
/** Runs what goes by the markers that are set, once they are known: at once where they are. */
export const whenMarkersKnown = records.whenKnown;

/** A video's markers; nothing set and nothing marked where there are none. */
export const getMarkers = records.get;

const restore = (videoId: string, marker: Marker): void =>
  change(videoId, ({ marks }) => ({ marks: inOrder([...marks, marker]) }));

/** Changes of in and out points and markers; times are seconds. */
export const markerActions = {
  /** An out point before the new in point is cleared. */
  setIn: (videoId: string, seconds: number | null): void =>
    change(videoId, ({ out }) => ({
      in: seconds,
      out: seconds !== null && out !== null && out <= seconds ? null : out,
    })),
  /** An in point after the new out point is cleared. */
  setOut: (videoId: string, seconds: number | null): void =>
    change(videoId, (marks) => ({
      out: seconds,
      in: seconds !== null && marks.in !== null && marks.in >= seconds ? null : marks.in,
    })),
  /** Adds a marker of a range, or of an instant. */
  add: (videoId: string, start: number, end: number, note = ''): void =>
    restore(videoId, { id: createId(), start, end, note }),
  note: (videoId: string, markerId: string, note: string): void =>
    change(videoId, ({ marks }) => ({ marks: marks.map((mark) => (mark.id === markerId ? { ...mark, note } : mark)) })),
  remove: (videoId: string, markerId: string): void =>
    change(videoId, ({ marks }) => ({ marks: marks.filter(({ id }) => id !== markerId) })),
  /** Puts a marker that was removed back. */
  restore,
};
