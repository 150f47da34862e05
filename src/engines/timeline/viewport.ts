/** The part of a video that a timeline shows, in seconds. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** The closest a timeline goes. */
const MIN_LENGTH_SECONDS = 1;

/** A view moved and cut so that it lies within the video. */
export function within({ from, to }: View, duration: number): View {
  const length = Math.min(Math.max(to - from, Math.min(MIN_LENGTH_SECONDS, duration)), duration);
  const start = Math.min(Math.max(0, from), duration - length);
  return { from: start, to: start + length };
}

/** Zooms by a factor (over one: closer) around a second that stays where it is. */
export function zoomAt(view: View, factor: number, at: number, duration: number): View {
  const length = Math.min(duration, Math.max(MIN_LENGTH_SECONDS, (view.to - view.from) / factor));
  const fraction = (at - view.from) / (view.to - view.from || 1);
  return within({ from: at - fraction * length, to: at + (1 - fraction) * length }, duration);
}

export function panBy({ from, to }: View, seconds: number, duration: number): View {
  return within({ from: from + seconds, to: to + seconds }, duration);
}

/**
 * Turns the page, as it were, when the playhead moves out of the view; else the view as it is, also when the playhead was
 * out of it already: then a person has moved the view to look elsewhere.
 */
export function follow(view: View, before: number, time: number, duration: number): View {
  const isIn = (seconds: number) => seconds >= view.from && seconds <= view.to;
  if (isIn(time) || !isIn(before)) return view;
  const length = view.to - view.from;
  return within({ from: time - length * 0.05, to: time + length * 0.95 }, duration);
}

const STEPS = [0.04, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

/** Seconds to write along the ruler, so far apart that each has room for its label. */
export function ticks({ from, to }: View, width: number, room: number): { step: number; times: number[] } {
  const least = ((to - from) / Math.max(1, width)) * room;
  const step = STEPS.find((candidate) => candidate >= least) ?? Math.ceil(least / 3600) * 3600;
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return { step, times: Array.from({ length: count }, (_, index) => (first + index) * step) };
}
