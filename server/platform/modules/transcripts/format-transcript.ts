import { formatTimecode } from '#lib/time.ts';
import { escapeText } from '../../tasks/media/subtitle-markup.ts';
import { formatWebVtt } from '../../tasks/media/web-vtt.ts';

export const TRANSCRIPT_FORMATS = ['srt', 'vtt', 'txt'] as const;

interface StoredCue {
  /** Seconds. */
  readonly start_s: number;
  readonly end_s: number;
  readonly text: string;
}

/** Cues as WebVTT, without markup. */
export const toWebVtt = (cues: readonly StoredCue[]): string =>
  formatWebVtt(
    cues.map(({ start_s, end_s, text }) => ({ start: start_s, end: end_s, text: escapeText(text) })),
    0,
  );

const toSubRipTime = (seconds: number) => formatTimecode(seconds).replace('.', ',');

/** A track as a file to download: its media type and its text. */
export function formatTranscript(format: (typeof TRANSCRIPT_FORMATS)[number], cues: readonly StoredCue[]) {
  switch (format) {
    case 'vtt':
      return { type: 'text/vtt; charset=utf-8', body: toWebVtt(cues) };
    case 'srt':
      return {
        type: 'application/x-subrip; charset=utf-8',
        body: cues
          .map(
            ({ start_s, end_s, text }, index) =>
              `${index + 1}\n${toSubRipTime(start_s)} --> ${toSubRipTime(end_s)}\n${text}\n`,
          )
          .join('\n'),
      };
    case 'txt':
      return { type: 'text/plain; charset=utf-8', body: cues.map(({ text }) => `${text}\n`).join('') };
  }
}
