import { createHash } from 'node:crypto';

export type Point = [x: number, y: number];

/** A segment on a map; `version` names what its vector was made of. */
export interface MapSegment {
  readonly segment_id: string;
  readonly video_id: string;
  readonly version: string;
}

/** A map that was made before. */
export interface KnownLayout {
  readonly points: readonly Point[];
  /** Digests of its segments, in the order of the points. */
  readonly digests: readonly string[];
  /** How many points the last layout of all has placed. */
  readonly settledRows: number;
}

/** A layout of all is made anew when more than this fraction of the points was not part of the last one. */
const MAX_NEW_FRACTION = 1 / 3;
/** More are placed faster by a layout of all. */
const MAX_NEW = 500;
/** Fewer say nothing about where others belong. */
const MIN_KEPT = 5;
const DIGEST_BYTES = 16;

/** Names how maps are made: those of another way are not taken for the same. */
export const LAYOUT = 'pca-50 umap-wasm-0.26';

/** Which segment, of what its vector was made, and how it is placed, as 16 bytes in hexadecimal. */
export const getDigest = ({ segment_id, version }: MapSegment): string =>
  createHash('md5').update(`${LAYOUT} ${segment_id} ${version}`).digest('hex');

export const toDigestBytes = (digests: readonly string[]): Buffer => Buffer.from(digests.join(''), 'hex');

/** Reads what the database has, which is no `Buffer` where it is embedded. */
export function toDigests(bytes: Uint8Array): string[] {
  const hex = Buffer.from(bytes).toString('hex');
  return Array.from({ length: bytes.length / DIGEST_BYTES }, (_, index) =>
    hex.slice(index * DIGEST_BYTES * 2, (index + 1) * DIGEST_BYTES * 2),
  );
}

/** Where segments stay, and which are to be placed among them. */
export interface Extension {
  /** By the index of the segment; null for one that has no place yet. */
  readonly places: (Point | null)[];
  readonly newIndices: readonly number[];
  /** Videos all of whose segments stay. */
  readonly keptVideoIds: readonly string[];
}

/**
 * Plans a map of `segments` that keeps the places of a known one; null when too much is new. A video with one new segment
 * (one that was processed again) is new as a whole.
 */
export function planExtension(segments: readonly MapSegment[], known: KnownLayout): Extension | null {
  const placeOf = new Map(known.digests.map((digest, index) => [digest, known.points[index] ?? null]));
  const found = segments.map((segment) => placeOf.get(getDigest(segment)) ?? null);
  const newVideos = new Set(segments.flatMap(({ video_id }, index) => (found[index] ? [] : [video_id])));
  const places = segments.map(({ video_id }, index) => (newVideos.has(video_id) ? null : (found[index] ?? null)));
  const newIndices = places.flatMap((place, index) => (place ? [] : [index]));
  const kept = segments.length - newIndices.length;
  const unsettled = Math.max(newIndices.length, segments.length - known.settledRows);
  if (kept < MIN_KEPT || newIndices.length > MAX_NEW || unsettled > segments.length * MAX_NEW_FRACTION) return null;
  const keptVideoIds = [...new Set(segments.map(({ video_id }) => video_id))].filter((id) => !newVideos.has(id));
  return { places, newIndices, keptVideoIds };
}

export interface Neighbor {
  readonly place: Point;
  /** Cosine similarity. */
  readonly score: number;
}

/** A neighbor's pull fades with this power of its distance, so that the nearest ones decide and points do not end up between clusters. */
const FADE = 4;
/** Cosine distance below which two vectors are the same for this purpose. */
const MIN_DISTANCE = 1e-4;
/** How far, at most, a point lies from where its neighbors pull it: two with the same neighbors are told apart. */
const SPREAD = 0.012;

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** A place among neighbors, nearest first; the middle of the map without any. `seed` is a number that is the segment's own. */
export function placeAmong(neighbors: readonly Neighbor[], seed: number): Point {
  let [x, y, sum] = [0, 0, 0];
  for (const { place, score } of neighbors) {
    const weight = Math.max(MIN_DISTANCE, 1 - score) ** -FADE;
    x += weight * place[0];
    y += weight * place[1];
    sum += weight;
  }
  const [middleX, middleY] = sum > 0 ? [x / sum, y / sum] : [0.5, 0.5];
  const angle = (seed % 360) * (Math.PI / 180);
  return [clamp(middleX + SPREAD * Math.cos(angle)), clamp(middleY + SPREAD * Math.sin(angle))];
}
