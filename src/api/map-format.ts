import { type ColumnType, type MapHeader, mapHeaderSchema } from './contracts/map.ts';

/**
 * `application/vnd.mikshi.map`: all segments of a map as columns, little-endian. Four bytes "MKM1", the length of the header
 * as a u32, the header as JSON in UTF-8 (`mapHeaderSchema`), then the columns, each from the next multiple of four on:
 *
 * - `x`, `y`: 0 to 1;
 * - `gap`: milliseconds from the end of the segment before in the same video (from 0 for the first one) to the start, zigzag coded;
 * - `duration`: milliseconds;
 * - `text`: index into `texts`.
 *
 * The last three have the narrowest type that holds their values: a point takes 12 to 16 bytes as a rule.
 */

const MAGIC = 0x314d4b4d;
const PREFIX_BYTES = 8;
const NAMES = ['x', 'y', 'gap', 'duration', 'text'] as const;
const BYTES: Readonly<Record<ColumnType, number>> = { f32: 4, u32: 4, u16: 2, u8: 1 };

type Column = Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** The points of a map as columns, grouped by video and in the order of time within each. */
export interface MapColumns {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Milliseconds, as `endMs`. */
  readonly startMs: Uint32Array;
  readonly endMs: Uint32Array;
  /** Indices into the header's `texts`. */
  readonly text: Column;
}

export interface MapFile extends MapColumns {
  readonly header: MapHeader;
}

/** Bytes that are no map, or only the beginning of one. */
export class MapFormatError extends Error {
  override name = 'MapFormatError';
}

const CUT_OFF = 'The map that the platform sent is cut off.';
const align = (offset: number) => Math.ceil(offset / 4) * 4;

function getMost(values: Uint32Array): number {
  let most = 0;
  for (let index = 0; index < values.length; index += 1) most = Math.max(most, values[index] ?? 0);
  return most;
}

/** Unsigned numbers in the narrowest type that holds them. */
function toNarrowest(values: Uint32Array): { type: ColumnType; column: Column } {
  const most = getMost(values);
  if (most <= 0xff) return { type: 'u8', column: new Uint8Array(values) };
  if (most <= 0xffff) return { type: 'u16', column: new Uint16Array(values) };
  return { type: 'u32', column: values };
}

const toBytes = ({ buffer, byteOffset, byteLength }: Column) => new Uint8Array(buffer, byteOffset, byteLength);

/** All that stands before the columns. */
function encodeHeader(header: MapHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(align(PREFIX_BYTES + json.length));
  new DataView(start.buffer).setUint32(0, MAGIC, true);
  new DataView(start.buffer).setUint32(4, json.length, true);
  start.set(json, PREFIX_BYTES);
  return start;
}

/**
 * A map in pieces, to be sent one after the other. `columns.text` are indices into `header.texts`; the counts of
 * `header.videos` sum up to the number of points.
 */
export function encodeMap(header: Omit<MapHeader, 'count' | 'columns'>, columns: MapColumns): Uint8Array[] {
  const { x, y, startMs, endMs } = columns;
  const gaps = new Uint32Array(x.length);
  let at = 0;
  for (const { count } of header.videos) {
    let before = 0;
    for (const end = at + count; at < end; at += 1) {
      const gap = (startMs[at] ?? 0) - before;
      gaps[at] = gap < 0 ? -2 * gap - 1 : 2 * gap;
      before = endMs[at] ?? 0;
    }
  }
  const gap = toNarrowest(gaps);
  const duration = toNarrowest(endMs.map((end, index) => Math.max(0, end - (startMs[index] ?? 0))));
  const text = toNarrowest(new Uint32Array(columns.text));
  const full: MapHeader = {
    ...header,
    count: x.length,
    columns: { x: 'f32', y: 'f32', gap: gap.type, duration: duration.type, text: text.type },
  };
  const pieces = [encodeHeader(full)];
  for (const column of [x, y, gap.column, duration.column, text.column]) {
    pieces.push(toBytes(column), new Uint8Array(align(column.byteLength) - column.byteLength));
  }
  return pieces.filter(({ length }) => length > 0);
}

function readColumn(bytes: ArrayBuffer, type: ColumnType, offset: number, count: number): Column {
  switch (type) {
    case 'f32':
      return new Float32Array(bytes, offset, count);
    case 'u32':
      return new Uint32Array(bytes, offset, count);
    case 'u16':
      return new Uint16Array(bytes, offset, count);
    case 'u8':
      return new Uint8Array(bytes, offset, count);
  }
}

function parseHeader(bytes: ArrayBuffer, length: number): MapHeader {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes, PREFIX_BYTES, length)));
  } catch (cause) {
    throw new MapFormatError('The map that the platform sent has no readable header.', { cause });
  }
  const { data, error } = mapHeaderSchema.safeParse(json);
  if (!data) throw new MapFormatError('The map that the platform sent has an unknown header.', { cause: error });
  if (data.videos.reduce((sum, { count }) => sum + count, 0) !== data.count)
    throw new MapFormatError('The map that the platform sent contradicts itself: its videos have other points.');
  return data;
}

/** Starts and ends from gaps and durations. */
function toTimes({ videos, count }: MapHeader, gapColumn: Column, durationColumn: Column) {
  // Of one type, whatever the columns have: the loop is several times as fast.
  const [gaps, durations] = [new Uint32Array(gapColumn), new Uint32Array(durationColumn)];
  const startMs = new Uint32Array(count);
  const endMs = new Uint32Array(count);
  let at = 0;
  for (const video of videos) {
    let before = 0;
    for (const last = at + video.count; at < last; at += 1) {
      const coded = gaps[at] ?? 0;
      const start = before + ((coded >>> 1) ^ -(coded & 1));
      before = start + (durations[at] ?? 0);
      startMs[at] = start;
      endMs[at] = before;
    }
  }
  return { startMs, endMs };
}

/** The header of a map, and where its columns begin. Throws `MapFormatError` for what has no header. */
function readHeader(bytes: ArrayBuffer): { header: MapHeader; columnsAt: number } {
  const isMap = bytes.byteLength >= PREFIX_BYTES && new DataView(bytes).getUint32(0, true) === MAGIC;
  if (!isMap) throw new MapFormatError('The platform sent something else than a map.');
  const length = new DataView(bytes).getUint32(4, true);
  if (PREFIX_BYTES + length > bytes.byteLength) throw new MapFormatError(CUT_OFF);
  return { header: parseHeader(bytes, length), columnsAt: align(PREFIX_BYTES + length) };
}

/** The same map with other words about its videos, in pieces; its columns are not looked at. */
export function replaceVideos(
  bytes: ArrayBuffer,
  replace: (video: MapHeader['videos'][number]) => MapHeader['videos'][number],
): Uint8Array[] {
  const { header, columnsAt } = readHeader(bytes);
  return [encodeHeader({ ...header, videos: header.videos.map(replace) }), new Uint8Array(bytes, columnsAt)];
}

/** Reads a map. Columns are views of `bytes`. Throws `MapFormatError` for anything but a whole map. */
export function decodeMap(bytes: ArrayBuffer): MapFile {
  const { header, columnsAt } = readHeader(bytes);
  let offset = columnsAt;
  const columns = NAMES.map((name) => {
    const type = header.columns[name];
    const size = BYTES[type] * header.count;
    if (offset + size > bytes.byteLength) throw new MapFormatError(CUT_OFF);
    const column = readColumn(bytes, type, offset, header.count);
    offset = align(offset + size);
    return column;
  });
  const [x, y, gap, duration, text] = columns;
  if (!(x instanceof Float32Array && y instanceof Float32Array && gap && duration && text))
    throw new MapFormatError(CUT_OFF);
  if (header.count > 0 && getMost(new Uint32Array(text)) >= header.texts.length)
    throw new MapFormatError('The map that the platform sent contradicts itself: a caption is missing.');
  return { header, x, y, ...toTimes(header, gap, duration), text };
}

/** The address of the picture of a video's n-th segment. */
export function getThumbnail(thumbnails: MapHeader['videos'][number]['thumbnails'], index: number): string | null {
  if (!('before' in thumbnails)) return thumbnails[index] ?? null;
  return `${thumbnails.before}${String(index).padStart(thumbnails.digits, '0')}${thumbnails.after}`;
}
