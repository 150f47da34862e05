import { sql } from 'kysely';
import type { Exclusion } from '#api/contracts/requests.ts';
import type { Platform } from '../../context.ts';
import { scaledTo } from '../../embedding/embedding-model.ts';
import type { Embedder } from '../../inference/embedder.ts';
import { toLiteral } from './nearest-segments.ts';
import { getSegmentVector } from './segment-vector.ts';
import { findTexts, parseTextQuery } from './text-search.ts';

/** What hits are not to be like, as somebody has asked for it. */
export interface Exclusions {
  readonly owner: string;
  readonly items: readonly Exclusion[];
}

export const NO_EXCLUSIONS: Exclusions = { owner: '', items: [] };

/** Where something is excluded, so many of the closest segments are looked through for what stays. */
export const EXCLUSION_CANDIDATES = 500;

/** What was compared: words with segments, segments with segments, or a mixture of both with segments. */
export type QueryKind = 'words' | 'segment' | 'mixed';

export interface ExcludedVector {
  readonly kind: 'words' | 'segment';
  readonly vector: Float32Array;
  readonly segmentId: string | null;
}

/** How far the query moves away from what is excluded, as a fraction of its own length. */
const WEIGHT = 0.5;
/** Segments of a scope whose average similarity stands for that of all. */
const SAMPLED_SEGMENTS = 1_000;

/** A unit vector that is turned away from what is excluded. */
export function moveAway(vector: Float32Array, excluded: readonly ExcludedVector[]): Float32Array {
  if (excluded.length === 0) return vector;
  const sum = excluded.reduce(
    (total, { vector: other }) => total.map((value, index) => value + (other[index] ?? 0)),
    new Float32Array(vector.length),
  );
  const away = scaledTo(WEIGHT, sum);
  return scaledTo(
    1,
    vector.map((value, index) => value - (away[index] ?? 0)),
  );
}

interface Levels {
  /** What the query is. */
  readonly kind: QueryKind;
  /** The similarity from which on a segment has to do with words. */
  readonly close: number;
  /** The similarity from which on segments are like each excluded one; not read for words. */
  readonly alike: readonly number[];
}

interface Candidate {
  readonly segmentId: string;
  /** Cosine similarity with the query, and with each excluded vector. */
  readonly score: number;
  readonly scores: readonly number[];
  /** Whether it was found by words that are said or written there. */
  readonly hasWords: boolean;
}

/**
 * Whether a candidate is rather what is excluded than what is looked for. Similarities of words with segments are far below those
 * of segments with each other, so only those of one kind are compared; otherwise it is enough to be like what is excluded. So it is
 * for what was found by words that are said or written, of which the picture's similarity says nothing.
 */
export function isExcluded(candidate: Candidate, excluded: readonly ExcludedVector[], levels: Levels): boolean {
  return excluded.some(({ kind, segmentId }, index) => {
    if (segmentId === candidate.segmentId) return true;
    const score = candidate.scores[index] ?? 0;
    if (kind === levels.kind && !candidate.hasWords) return score > candidate.score;
    return score >= (kind === 'words' ? levels.close : (levels.alike[index] ?? 1));
  });
}

/** Throws a 403 for segments that are not the caller's. */
export const readExclusions = (
  { db }: Pick<Platform, 'db'>,
  embedder: Embedder,
  { owner, items }: Exclusions,
): Promise<ExcludedVector[]> =>
  Promise.all(
    items.map(async ({ query, segment_id: segmentId }): Promise<ExcludedVector> => {
      if (segmentId) return { kind: 'segment', segmentId, vector: await getSegmentVector(db, owner, segmentId) };
      return { kind: 'words', segmentId: null, vector: await embedder.embedText(query ?? '') };
    }),
  );

/** Halfway between an average segment of some videos and one that is the same as a vector: from there on, segments are alike. */
export async function getAlikeLevel(
  { readDb }: Pick<Platform, 'readDb'>,
  videoIds: readonly string[],
  vector: Float32Array,
): Promise<number> {
  const { rows } = await sql<{ average: number | null }>`
    select avg(score)::float8 as average from (
      select -(embedding <#> ${toLiteral(vector)}) as score from segments
      where video_id = any(${[...videoIds]}::uuid[]) and embedding is not null limit ${SAMPLED_SEGMENTS}
    ) as sample`.execute(readDb);
  return (1 + (rows[0]?.average ?? 0)) / 2;
}

interface ExclusionSearch {
  readonly kind: QueryKind;
  readonly close: number;
  readonly vector: Float32Array;
  readonly excluded: readonly ExcludedVector[];
  readonly items: readonly Exclusion[];
  readonly videoIds: readonly string[];
}

/**
 * Parts segments that were found with a query that was moved: which of them are rather what is excluded, and how similar all are
 * to the query as it was.
 */
export async function judgeCandidates(
  platform: Pick<Platform, 'readDb'>,
  { kind, close, vector, excluded, items, videoIds }: ExclusionSearch,
  candidates: readonly { readonly segmentId: string; readonly hasWords: boolean }[],
): Promise<{ excludedIds: ReadonlySet<string>; scores: ReadonlyMap<string, number> }> {
  const ids = candidates.map(({ segmentId }) => segmentId);
  const similarity = (other: Float32Array) => sql`-(embedding <#> ${toLiteral(other)})`;
  const { rows } = await sql<{ segment_id: string; score: number; scores: number[] }>`
    select segment_id, ${similarity(vector)} as score,
      array[${sql.join(excluded.map((one) => similarity(one.vector)))}]::float8[] as scores
    from segments where segment_id = any(${ids}::uuid[]) and embedding is not null`.execute(platform.readDb);
  const byId = new Map(rows.map((row) => [row.segment_id, row]));
  const alike = await Promise.all(
    excluded.map((one) => (one.kind === 'segment' ? getAlikeLevel(platform, videoIds, one.vector) : 1)),
  );
  const texts = await Promise.all(
    items.map(({ query }) =>
      query ? findTexts(platform.readDb, videoIds, parseTextQuery(query), ['said', 'written']) : [],
    ),
  );
  const excludedIds = new Set(texts.flat().map(({ segment_id }) => segment_id));
  for (const { segmentId, hasWords } of candidates) {
    const row = byId.get(segmentId);
    const candidate = { segmentId, hasWords, score: row?.score ?? 0, scores: row?.scores ?? [] };
    if (isExcluded(candidate, excluded, { kind, close, alike })) excludedIds.add(segmentId);
  }
  return { excludedIds, scores: new Map(rows.map(({ segment_id, score }) => [segment_id, score])) };
}
