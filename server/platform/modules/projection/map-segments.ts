import { sql } from 'kysely';
import type { Platform } from '../../context.ts';
import { HttpError } from '../../http/http-error.ts';
import { nearestSegments } from '../search/nearest-segments.ts';
import type { MapRequest } from './projection-service.ts';

const tooFew = () => new HttpError(400, 'A map needs at least 2 segments; this selection has fewer.');

/** The segments of some videos that are on a map, in order, and what it takes to place them. Throws for fewer than two. */
export async function readMapSegments(platform: Platform, owner: string, videoIds: readonly string[]) {
  const { readDb, embedder } = platform;
  if (videoIds.length === 0) throw tooFew();
  const segments = await readDb
    .selectFrom('segments')
    .select(['segment_id', 'video_id', 'start_s', 'end_s', 'thumbnail', 'caption'])
    .where('video_id', '=', sql<string>`any(${[...videoIds]}::uuid[])`)
    .where('embedding', 'is not', null)
    .orderBy('video_id')
    .orderBy('position')
    .execute();
  if (segments.length < 2) throw tooFew();
  const request: MapRequest = {
    owner,
    segments: segments.map(({ segment_id, video_id, thumbnail }) => ({
      segment_id,
      video_id,
      // The picture of a segment names the attempt that its vector was made of.
      version: `${embedder.name} ${thumbnail}`,
    })),
    loadVectors: async (ids) => {
      const { rows } = await sql<{ vector: string }>`
        select embedding::text as vector from unnest(${[...ids]}::uuid[]) with ordinality as wanted (segment_id, place)
        join segments using (segment_id) where embedding is not null order by place`.execute(readDb);
      if (rows.length < ids.length)
        throw new HttpError(409, 'These videos are being processed. Ask for the map again.');
      return rows.map(({ vector }) => vector);
    },
    findNearest: (vector, ids, limit) => nearestSegments(platform, ids, vector, limit),
  };
  return { segments, request };
}
