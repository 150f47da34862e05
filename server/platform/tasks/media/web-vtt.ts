import { formatTimecode } from '#lib/time.ts';

export interface Cue {
  /** Seconds. */
  readonly start: number;
  /** Seconds; null where it is not known. */
  readonly end: number | null;
  /** With WebVTT's own markup. */
  readonly text: string;
}

/** Cues as a WebVTT file, by their start. One without an end lasts for `defaultSeconds`. */
export function formatWebVtt(cues: readonly Cue[], defaultSeconds: number): string {
  const blocks = [...cues]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, text }) => {
      // A blank line would end the cue, and an arrow would begin another one.
      const lines = text
        .replace(/\r\n?/g, '\n')
        .replace(/\n{2,}/g, '\n')
        .replace(/-->/g, '→');
      return `${formatTimecode(start)} --> ${formatTimecode(end ?? start + defaultSeconds)}\n${lines}\n`;
    });
  return ['WEBVTT\n', ...blocks].join('\n');
}
