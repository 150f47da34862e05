import { type Kysely, sql } from 'kysely';
import type { Tables } from '../db/tables.ts';

export interface NearSegment {
  readonly segment_id: string;
  readonly video_id: string;
  readonly start_s: number;
  readonly end_s: number;
  readonly thumbnail: string;
  readonly caption: string;
  /** Cosine similarity with the query. */
  readonly score: number;
}

/** The segments of some videos that lie closest to a unit vector, best first: exact, within the scope. */
export async function nearestSegments(
  db: Kysely<Tables>,
  videoIds: readonly string[],
  vector: Float32Array,
  limit: number,
): Promise<NearSegment[]> {
  if (videoIds.length === 0) return [];
  const literal = `[${vector.join(',')}]`;
  // Vectors are normalised, so the negative inner product orders as cosine distance does, and is cheaper.
  return db
    .selectFrom('segments')
    .select([
      'segment_id',
      'video_id',
      'start_s',
      'end_s',
      'thumbnail',
      'caption',
      sql<number>`-(embedding <#> ${literal}::vector)`.as('score'),
    ])
    .where('video_id', 'in', [...videoIds])
    .where('embedding', 'is not', null)
    .orderBy(sql`embedding <#> ${literal}::vector`)
    .limit(limit)
    .execute();
}
