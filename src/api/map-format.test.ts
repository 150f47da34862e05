import { expect, test } from 'vitest';
import type { MapHeader } from './contracts/map.ts';
import { decodeMap, encodeMap, getThumbnail, type MapColumns, MapFormatError, replaceVideos } from './map-format.ts';

type Content = Omit<MapHeader, 'count' | 'columns'>;

function join(pieces: readonly Uint8Array[]): ArrayBuffer {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.buffer;
}

const video = (video_id: string, count: number) => ({
  video_id,
  color: 'hsl(10, 70%, 55%)',
  position: 1,
  hls_playlist_url: null,
  count,
  thumbnails: { before: `/objects/${video_id}/`, digits: 5, after: '.jpg?signature=1' },
});
const columns = (times: readonly (readonly [number, number])[], text: readonly number[]): MapColumns => ({
  x: Float32Array.from(times, (_, index) => index / 7),
  y: Float32Array.from(times, (_, index) => 1 - index / 7),
  startMs: Uint32Array.from(times, ([start]) => start),
  endMs: Uint32Array.from(times, ([, end]) => end),
  text: Uint32Array.from(text),
});
const content: Content = {
  videos: [video('a', 3), video('b', 0), video('c', 2)],
  texts: ['Ein Mädchen läuft', '走る犬 🐕', ''],
};
/** A gap, an overlap, and a video that starts late. */
const points = columns(
  [
    [0, 4_000],
    [5_000, 9_000],
    [8_999, 90_000],
    [86_400_000, 86_404_000],
    [86_404_000, 86_408_000],
  ],
  [0, 1, 2, 1, 0],
);

test('a map that was encoded is decoded to the same', () => {
  const { header, ...decoded } = decodeMap(join(encodeMap(content, points)));
  expect(header).toMatchObject(content);
  expect(header.count).toBe(5);
  expect(decoded).toEqual({ ...points, text: Uint8Array.from(points.text) });
});

test('an empty map is one', () => {
  const decoded = decodeMap(join(encodeMap({ videos: [], texts: [] }, columns([], []))));
  expect(decoded.header.count).toBe(0);
  expect(decoded.x).toHaveLength(0);
});

test('a point takes at most 16 bytes, also where every caption is another', () => {
  const count = 70_000;
  const texts = Array.from({ length: count }, (_, index) => `Caption ${index}`);
  const times = texts.map((_, index) => [index * 4_000, index * 4_000 + 4_000] as const);
  const pieces = encodeMap({ videos: [video('a', count)], texts }, columns(times, [...texts.keys()]));
  const bytes = pieces.slice(1).reduce((sum, { length }) => sum + length, 0);
  expect(bytes).toBeLessThanOrEqual(16 * count);
  const { header, startMs, text } = decodeMap(join(pieces));
  expect([startMs.at(-1), header.texts[text.at(-1) ?? 0]]).toEqual([(count - 1) * 4_000, 'Caption 69999']);
});

test('a map that is cut off anywhere is refused with a sentence', () => {
  const whole = join(encodeMap(content, points));
  for (let length = 0; length < whole.byteLength; length += 1) {
    // The last column is padded.
    if (length >= whole.byteLength - 3) continue;
    expect(() => decodeMap(whole.slice(0, length)), `${length} bytes`).toThrow(MapFormatError);
  }
});

test('headers that lie are refused', () => {
  const withHeader = (header: unknown) => {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + json.length + 64);
    bytes.set(new TextEncoder().encode('MKM1'));
    new DataView(bytes.buffer).setUint32(4, json.length, true);
    bytes.set(json, 8);
    return () => decodeMap(bytes.buffer);
  };
  const types = { x: 'f32', y: 'f32', gap: 'u8', duration: 'u8', text: 'u8' };
  const empty = { count: 0, videos: [], texts: [], columns: types };
  expect(withHeader(empty)()).toMatchObject({ header: { count: 0 } });
  expect(withHeader({ ...empty, count: 1e9 })).toThrow('its videos have other points');
  expect(withHeader({ ...empty, count: 1e9, videos: [video('a', 1e9)] })).toThrow('cut off');
  expect(withHeader({ ...empty, count: -1 })).toThrow('unknown header');
  expect(withHeader({ ...empty, columns: { ...types, x: 'u8' } })).toThrow('unknown header');
  expect(withHeader({ ...empty, count: 1, videos: [video('a', 1)] })).toThrow('a caption is missing');
  expect(withHeader('text')).toThrow('unknown header');
  expect(() => decodeMap(new TextEncoder().encode('{"message":"no"}').buffer)).toThrow('something else than a map');
  const long = new Uint8Array(16);
  long.set(new TextEncoder().encode('MKM1'));
  new DataView(long.buffer).setUint32(4, 0xffffffff, true);
  expect(() => decodeMap(long.buffer)).toThrow('cut off');
});

test('videos are told of in other words, and their points stay as they are', () => {
  const before = decodeMap(join(encodeMap(content, points)));
  const pieces = replaceVideos(join(encodeMap(content, points)), (one) => ({
    ...one,
    color: `a long name for ${one.color}`,
  }));
  const after = decodeMap(join(pieces));
  expect(after.header.videos[0]?.color).toBe('a long name for hsl(10, 70%, 55%)');
  expect({ ...after, header: null }).toEqual({ ...before, header: null });
});

test('pictures follow from their number, or are listed', () => {
  expect(getThumbnail(video('a', 1).thumbnails, 7)).toBe('/objects/a/00007.jpg?signature=1');
  expect([getThumbnail(['/one.jpg'], 0), getThumbnail(['/one.jpg'], 1)]).toEqual(['/one.jpg', null]);
});
