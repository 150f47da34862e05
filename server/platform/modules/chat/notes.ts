import { formatClock } from '#lib/time.ts';
import type { Retrieved } from './extractive.ts';
import type { Quote } from './quotes.ts';

/** The segments of a video as the model reads them, in order of time: what is seen in one line, then what is said and written meanwhile. */
export function formatNotes(segments: readonly Retrieved[], quotes: readonly Quote[]): string {
  return [...segments]
    .sort((a, b) => a.start_s - b.start_s)
    .flatMap(({ start_s, end_s, caption }) => [
      `${formatClock(start_s)}-${formatClock(end_s)}: ${caption}`,
      ...quotes
        .filter((quote) => quote.start_s < end_s && quote.end_s > start_s)
        .map(({ kind, start_s: at, text }) => `  ${formatClock(at)} ${kind}: "${text.replace(/\s+/g, ' ')}"`),
    ])
    .join('\n');
}
