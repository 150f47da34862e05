import { expect, test } from 'vitest';
import { decodeMap, encodeMap } from '#api/map-format.ts';
import { fromMapFile, fromVisualization, type MapData, withoutVideos } from './map-data.ts';

const point = (video_id: string, start: number, text: string) => ({
  segment_id: `${video_id}-${start}`,
  video_id,
  x: start / 10,
  y: 0.5,
  start: '00:00:00',
  end: '00:00:04',
  start_ms: start * 1000,
  end_ms: start * 1000 + 4000,
  text,
  thumbnail_url: `/${video_id}/0000${start / 4}.jpg?s`,
});
const visualization = {
  videos: {
    a: { video_id: 'a', color: 'red', hls_playlist_url: '/a.m3u8' },
    b: { video_id: 'b', color: 'blue', hls_playlist_url: null },
  },
  points: [point('a', 0, 'A car'), point('a', 4, 'A dog'), point('b', 0, 'A car')],
};

function toBuffer(pieces: readonly Uint8Array[]): ArrayBuffer {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.buffer;
}
const video = (video_id: string, color: string, hls_playlist_url: string | null, count: number) => ({
  video_id,
  color,
  position: color === 'red' ? 0 : 1,
  hls_playlist_url,
  count,
  thumbnails: { before: `/${video_id}/`, digits: 5, after: '.jpg?s' },
});
const file = toBuffer(
  encodeMap(
    { videos: [video('a', 'red', '/a.m3u8', 2), video('b', 'blue', null, 1)], texts: ['A car', 'A dog'] },
    {
      x: Float32Array.of(0, 0.4, 0),
      y: Float32Array.of(0.5, 0.5, 0.5),
      startMs: Uint32Array.of(0, 4000, 0),
      endMs: Uint32Array.of(4000, 8000, 4000),
      text: Uint32Array.of(0, 1, 0),
    },
  ),
);

/** The same for every way of telling a map. */
const toRows = (data: MapData) =>
  Array.from(data.group, (number, index) => ({
    video: data.videos[number],
    place: [data.x[index], data.y[index]],
    times: [data.starts[index], data.ends[index]],
    text: data.texts[data.text[index] ?? 0],
    thumbnail: data.getThumbnail(index),
  }));

test('the answer of the API and the file of the embedded platform become the same', () => {
  const data = fromVisualization(visualization);
  expect(toRows(fromMapFile(decodeMap(file)))).toEqual(toRows(data));
  expect(toRows(data)[1]).toEqual({
    video: { id: 'a', color: 'red', hlsUrl: '/a.m3u8', position: 0 },
    place: [Math.fround(0.4), 0.5],
    times: [4, 8],
    text: 'A dog',
    thumbnail: '/a/00001.jpg?s',
  });
});

test('without a video the others keep what is theirs', () => {
  const data = fromMapFile(decodeMap(file));
  expect(toRows(withoutVideos(data, new Set(['a'])))).toEqual(toRows(data).slice(2));
  expect(toRows(withoutVideos(data, new Set(['b'])))).toEqual(toRows(data).slice(0, 2));
  expect(withoutVideos(data, new Set(['c']))).toBe(data);
});
