import { formatClock } from '#lib/time.ts';

/** A range of a video about which one thing can be said. Seconds. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Segments that touch and say the same, as one range. They must be in order. */
export function joined(ranges: readonly TextRange[]): TextRange[] {
  const runs: TextRange[] = [];
  for (const range of ranges) {
    const last = runs[runs.length - 1];
    if (last && last.text === range.text && range.start - last.end < 0.1)
      runs[runs.length - 1] = { ...last, end: range.end };
    else runs.push(range);
  }
  return runs;
}

/** `0:15–0:18`, which the app turns into a button. */
export const rangeText = ({ start, end }: TextRange): string => `${formatClock(start)}–${formatClock(end)}`;

/** A list for people: at most `most` entries, and how many more there are. */
export function listText(entries: readonly string[], most: number): string {
  const shown = entries.slice(0, most);
  const rest = entries.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
