import { formatTimecode, type TimeRange, toMilliseconds } from '#lib/time.ts';
import { formatCsv } from '#ui/save-file.ts';

/** A range as it is handed to other tools. */
export interface ExportRow extends TimeRange {
  readonly note: string;
}

/** A marker of one of several videos. */
interface VideoRow extends ExportRow {
  readonly videoId: string;
  readonly video: string;
}

/** Times as `HH:MM:SS.mmm`. Each row names its video, so that files of several can be joined. */
export function toCsv(rows: readonly VideoRow[]): string {
  return formatCsv(
    ['video_id', 'video', 'start', 'end', 'note'],
    rows.map(({ videoId, video, start, end, note }) => [
      videoId,
      video,
      formatTimecode(start),
      formatTimecode(end),
      note,
    ]),
  );
}

const roundToMilliseconds = (seconds: number) => toMilliseconds(seconds) / 1000;

/** Times in seconds, to the millisecond, with the video they belong to. */
export function toJson(video: { videoId: string; title: string }, rows: readonly ExportRow[]): string {
  const marks = rows.map(({ start, end, note }) => ({
    start: roundToMilliseconds(start),
    end: roundToMilliseconds(end),
    note,
  }));
  return `${JSON.stringify({ video_id: video.videoId, title: video.title, marks }, null, 2)}\n`;
}

/** Where the programme starts, by custom. */
const RECORD_START_HOURS = 1;

/** `HH:MM:SS:FF` of a frame number at a whole number of frames a second, without drop frames. */
export function frameTimecode(frame: number, rate: number): string {
  const seconds = Math.floor(frame / rate);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % rate];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Edit lists are plain ASCII, a line an entry. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^\x20-\x7E]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * A CMX3600 edit decision list: every range an event, cut one after the other from hour one on. `frameDuration` is in
 * seconds; rates such as 29.97 count whole frames under the next whole rate (non-drop). An instant lasts one frame.
 */
export function toEdl(title: string, rows: readonly ExportRow[], frameDuration: number): string {
  const rate = Math.max(1, Math.round(1 / frameDuration));
  let record = RECORD_START_HOURS * 3600 * rate;
  const events = rows.flatMap(({ start, end, note }, index) => {
    const first = Math.round(start / frameDuration);
    const length = Math.max(1, Math.round(end / frameDuration) - first);
    const codes = [first, first + length, record, record + length].map((frame) => frameTimecode(frame, rate));
    record += length;
    const lines = [
      `${String(index + 1).padStart(3, '0')}  AX       V     C        ${codes.join(' ')}`,
      `* FROM CLIP NAME: ${plain(title)}`,
    ];
    return plain(note) ? [...lines, `* COMMENT: ${plain(note)}`] : lines;
  });
  return [`TITLE: ${plain(title).slice(0, 70) || 'Markers'}`, 'FCM: NON-DROP FRAME', '', ...events, ''].join('\r\n');
}
