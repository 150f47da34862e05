import { formatClock } from '#lib/time.ts';

/** A stretch of a video about which one thing can be said. Seconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Segments that touch and say the same, as one stretch. They must be in order. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const runs: Stretch[] = [];
  for (const stretch of stretches) {
    const last = runs[runs.length - 1];
    if (last && last.text === stretch.text && stretch.start - last.end < 0.1)
      runs[runs.length - 1] = { ...last, end: stretch.end };
    else runs.push(stretch);
  }
  return runs;
}

/** `0:15–0:18`, which the app turns into a button. */
export const rangeText = ({ start, end }: Stretch): string => `${formatClock(start)}–${formatClock(end)}`;

/** A list for people: at most `most` entries, and how many more there are. */
export function listText(entries: readonly string[], most: number): string {
  const shown = entries.slice(0, most);
  const rest = entries.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
