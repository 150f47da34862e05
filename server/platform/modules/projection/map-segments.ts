import { sql } from 'kysely';
import type { Platform } from '../../context.ts';
import type { Db } from '../../db/database.ts';
import { HttpError } from '../../http/http-error.ts';
import { nearestSegments } from '../search/nearest-segments.ts';
import type { MapSegment } from './extend-layout.ts';
import type { MapRequest } from './projection-service.ts';
import { readVectors, writeVectors } from './segment-vectors.ts';

/** Videos whose segments are read by one query. */
const VIDEO_BATCH_SIZE = 500;

/** The segments of a video that are on a map, in order, as columns. */
export interface VideoSegments {
  readonly video_id: string;
  readonly segmentIds: readonly string[];
  /** Seconds, as `ends`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Pictures, relative to the video's folder. */
  readonly thumbnails: readonly string[];
  readonly captions: readonly string[];
}

/** The segments of some videos that are on a map: the videos by id, each with at least one. */
export interface MapSegments {
  readonly count: number;
  readonly videos: readonly VideoSegments[];
}

/**
 * Reads the segments of some videos: one row for each video, since a row for each segment takes seven times as long.
 * Throws for fewer than two segments.
 */
export async function readMapSegments(readDb: Db, videoIds: readonly string[]): Promise<MapSegments> {
  const sorted = [...videoIds].sort();
  const videos: VideoSegments[] = [];
  for (let from = 0; from < sorted.length; from += VIDEO_BATCH_SIZE) {
    const { rows } = await sql<{
      video_id: string;
      ids: string;
      starts: string;
      ends: string;
      thumbnails: string[];
      captions: string[];
    }>`
      select video_id, string_agg(segment_id::text, ',' order by position) as ids,
        string_agg(start_s::text, ',' order by position) as starts, string_agg(end_s::text, ',' order by position) as ends,
        json_agg(thumbnail order by position) as thumbnails, json_agg(caption order by position) as captions
      from segments
      where video_id = any(${sorted.slice(from, from + VIDEO_BATCH_SIZE)}::uuid[]) and embedding is not null
      group by video_id order by video_id`.execute(readDb);
    for (const { video_id, ids, starts, ends, thumbnails, captions } of rows)
      videos.push({
        video_id,
        segmentIds: ids.split(','),
        starts: starts.split(',').map(Number),
        ends: ends.split(',').map(Number),
        thumbnails,
        captions,
      });
  }
  const count = videos.reduce((sum, { segmentIds }) => sum + segmentIds.length, 0);
  if (count < 2) throw new HttpError(400, 'A map needs at least 2 segments; this selection has fewer.');
  return { count, videos };
}

/** The segments in order, as a layout takes them. `embedder` is the name of what has made their vectors. */
export function* listSegments({ videos }: MapSegments, embedder: string): Generator<MapSegment> {
  // The picture of a segment names the attempt that its vector was made of.
  for (const { video_id, segmentIds, thumbnails } of videos)
    for (const [index, segment_id] of segmentIds.entries())
      yield { segment_id, video_id, version: `${embedder} ${thumbnails[index]}` };
}

/** What it takes to place segments on the map of an owner. */
export async function toMapRequest(platform: Platform, owner: string, segments: MapSegments): Promise<MapRequest> {
  const { count, videos } = segments;
  const { readDb, embedders, scratch } = platform;
  const embedder = await embedders.getServingName();
  return {
    owner,
    count,
    segments: () => listSegments(segments, embedder),
    readVectors: (ids) => readVectors(readDb, ids),
    withVectorFile: (onProgress, work) =>
      scratch.use(async (folder) =>
        work(
          await writeVectors(
            readDb,
            videos.flatMap(({ segmentIds }) => segmentIds),
            { folder, onProgress },
          ),
        ),
      ),
    findNearest: (vector, ids, limit) => nearestSegments(platform, ids, vector, limit),
  };
}
