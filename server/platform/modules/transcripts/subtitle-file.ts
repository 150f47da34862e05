import { toAssText, toPlainText } from '../../tasks/media/subtitle-markup.ts';

/** Something said from `start` to `end`, in seconds; plain text. */
export interface TimedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const MAX_SUBTITLE_BYTES = 10 * 1024 * 1024;
const MAX_CUES = 50_000;
const MAX_CUE_CHARACTERS = 5_000;
/** A cue whose end is missing or before its start lasts this long, in seconds, or until the next one. */
const DEFAULT_CUE_SECONDS = 4;

/** The file cannot be read as subtitles. The message is a sentence for the user. */
export class SubtitleFileError extends Error {
  override name = 'SubtitleFileError';
}

/** Text of bytes in UTF-8 or UTF-16 (by its mark), or else in Windows-1252, which older files are written in. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,6})?)`;
/** The line of SubRip and WebVTT that gives a cue its times. */
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}.*$`);
const EVENT = new RegExp(String.raw`^Dialogue:\s*[^,]*,\s*${TIME},\s*${TIME},`);
/** Fields of a `Dialogue:` line in a file: layer, start, end, style, name, three margins, effect, text. */
const ASS_FIELDS = 10;

const toSeconds = (hours: string | undefined, minutes: string | undefined, seconds: string | undefined) =>
  Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number((seconds ?? '0').replace(',', '.'));

const readTimes = ([, h1, m1, s1, h2, m2, s2]: RegExpExecArray) => ({
  start: toSeconds(h1, m1, s1),
  end: toSeconds(h2, m2, s2),
});

function parseEvents(lines: readonly string[]): TimedText[] {
  return lines.flatMap((line) => {
    const times = EVENT.exec(line);
    return times ? [{ ...readTimes(times), text: toPlainText(toAssText(line, ASS_FIELDS)) }] : [];
  });
}

/** SubRip and WebVTT: a line of times, then lines of text up to the next empty one. Everything else is passed over. */
function parseBlocks(lines: readonly string[]): TimedText[] {
  const cues: TimedText[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const times = TIMING.exec(lines[at] ?? '');
    if (!times) continue;
    const text: string[] = [];
    for (; (lines[at + 1] ?? '').trim() !== '' && !TIMING.test(lines[at + 1] ?? ''); at += 1) {
      text.push(lines[at + 1] ?? '');
    }
    // Where the empty line is missing, the last line is the number of the next cue.
    if (TIMING.test(lines[at + 1] ?? '') && /^\d+$/.test(text.at(-1)?.trim() ?? '')) text.pop();
    cues.push({ ...readTimes(times), text: toPlainText(text.join('\n')) });
  }
  return cues;
}

/** Cues in order, each with an end after its start. Cues may overlap, as those of two people who speak at once. */
function normalize(cues: readonly TimedText[]): TimedText[] {
  const sorted = cues.filter(({ text }) => text !== '').sort((a, b) => a.start - b.start);
  return sorted.map(({ start, end, text }, index) => {
    const next = sorted[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const fallback = Math.min(start + DEFAULT_CUE_SECONDS, next > start ? next : Number.POSITIVE_INFINITY);
    return { start, end: end > start ? end : fallback, text: text.slice(0, MAX_CUE_CHARACTERS) };
  });
}

/** Reads SubRip, WebVTT, and SubStation Alpha files. Throws `SubtitleFileError`. */
export function parseSubtitleFile(bytes: Uint8Array): TimedText[] {
  const text = decodeText(bytes).replaceAll('\u0000', '');
  const lines = text.split(/\r\n?|\n/);
  const isAss = /^\[(?:Script Info|Events)\]/im.test(text.slice(0, 10_000));
  const cues = normalize(isAss ? parseEvents(lines) : parseBlocks(lines));
  if (cues.length === 0)
    throw new SubtitleFileError('This file holds no subtitles. Choose a SubRip (.srt), WebVTT (.vtt) or ASS file.');
  if (cues.length > MAX_CUES)
    throw new SubtitleFileError(`This file holds ${cues.length} subtitles; at most ${MAX_CUES} can be added.`);
  return cues;
}
