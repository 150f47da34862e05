/** Seconds. Browsers play across shorter gaps by themselves. */
const MIN_GAP = 0.1;
/** Seconds. Longer gaps are not skipped. */
const MAX_GAP = 2;
/** Seconds. A range may start this much later than its first frame says. */
const TOLERANCE = 0.01;

export const isBuffered = ({ buffered }: Pick<HTMLMediaElement, 'buffered'>, time: number): boolean =>
  Array.from({ length: buffered.length }, (_, index) => index).some(
    (index) => buffered.start(index) <= time + TOLERANCE && time < buffered.end(index),
  );

/**
 * Where to seek instead of `time`, when the segment that contains it is buffered but has no picture there yet (sound that
 * starts earlier, for example): the first buffered time of the segment. Otherwise null. A seek into such a gap never
 * completes in Firefox. All in seconds; `segmentEnd` is where the segment ends.
 */
export function getGapEnd(media: Pick<HTMLMediaElement, 'buffered'>, time: number, segmentEnd: number): number | null {
  if (isBuffered(media, time)) return null;
  const { buffered } = media;
  const starts = Array.from({ length: buffered.length }, (_, index) => buffered.start(index));
  const next = starts.find((start) => start > time);
  if (next === undefined || next >= segmentEnd - TOLERANCE) return null;
  return next - time >= MIN_GAP && next - time <= MAX_GAP ? next : null;
}
