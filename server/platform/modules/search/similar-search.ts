import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Platform } from '../../context.ts';
import { scaledTo } from '../../embedding/embedding-model.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Embedder } from '../../inference/embedder.ts';
import { UnreadableMediaError } from '../../tasks/protocol.ts';
import { runTask } from '../../tasks/run-task.ts';
import { EXCLUSION_CANDIDATES, type Exclusions, judgeCandidates, moveAway, readExclusions } from './exclusions.ts';
import { type NearSegment, nearestSegments } from './nearest-segments.ts';
import { getSegmentVector } from './segment-vector.ts';

/** A picture is described in seconds; what takes longer is stopped. */
const TIMEOUT_MS = 60_000;

export interface SimilarQuery {
  readonly owner: string;
  /** One of a segment and a picture (a file in base64). */
  readonly segmentId?: string | null | undefined;
  readonly picture?: string | null | undefined;
  /** What it should also be like. */
  readonly query?: string | null | undefined;
  readonly videoIds: readonly string[];
  readonly limit: number;
  readonly exclusions: Exclusions;
}

/** Both directions, equally. */
const add = (a: Float32Array, b: Float32Array): Float32Array =>
  scaledTo(
    1,
    a.map((value, index) => value + (b[index] ?? 0)),
  );

/** Throws a 422 for what is no picture. */
const getPictureVector = ({ scratch }: Platform, embedder: Embedder, picture: string): Promise<Float32Array> =>
  scratch.use(async (folder) => {
    const file = path.join(folder, 'picture');
    await writeFile(file, Buffer.from(picture, 'base64'));
    try {
      const observation = await runTask('analyzePicture', { input: file }, { timeoutMs: TIMEOUT_MS });
      return await embedder.embedSegment({ observation, fetchPictures: async () => [file] });
    } catch (error) {
      if (error instanceof UnreadableMediaError) throw new HttpError(422, error.message);
      throw error;
    }
  });

async function getVector(platform: Platform, embedder: Embedder, search: SimilarQuery): Promise<Float32Array> {
  const { owner, segmentId, picture, query } = search;
  const looks = segmentId
    ? await getSegmentVector(platform.db, owner, segmentId)
    : await getPictureVector(platform, embedder, picture ?? '');
  return query ? add(looks, await embedder.embedText(query)) : looks;
}

/** Segments that look like another segment or like a picture, best first; never the segment itself. */
export const searchSimilar = (platform: Platform, search: SimilarQuery): Promise<NearSegment[]> =>
  platform.embedders.withServing(async (embedder) => {
    const { segmentId, query, videoIds, limit, exclusions } = search;
    const vector = await getVector(platform, embedder, search);
    const excluded = await readExclusions(platform, embedder, exclusions);
    const candidates = excluded.length > 0 ? Math.max(limit, EXCLUSION_CANDIDATES) : limit;
    // The segment itself is what it is most like.
    const near = await nearestSegments(
      platform,
      videoIds,
      moveAway(vector, excluded),
      candidates + (segmentId ? 1 : 0),
    );
    const others = near.filter((segment) => segment.segment_id !== segmentId);
    if (excluded.length === 0) return others.slice(0, limit);
    const { excludedIds, scores } = await judgeCandidates(
      platform,
      { kind: query ? 'mixed' : 'segment', close: embedder.close, vector, excluded, items: exclusions.items, videoIds },
      others.map(({ segment_id }) => ({ segmentId: segment_id, hasWords: false })),
    );
    return others
      .filter(({ segment_id }) => !excludedIds.has(segment_id))
      .slice(0, limit)
      .map((segment) => ({ ...segment, score: scores.get(segment.segment_id) ?? segment.score }));
  });
