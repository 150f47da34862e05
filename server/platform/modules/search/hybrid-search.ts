import { sql } from 'kysely';
import type { SearchOption } from '#api/contracts/search.ts';
import type { Platform } from '../../context.ts';
import type { Embedder } from '../../inference/embedder.ts';
import {
  EXCLUSION_CANDIDATES,
  type Exclusions,
  judgeCandidates,
  moveAway,
  NO_EXCLUSIONS,
  readExclusions,
} from './exclusions.ts';
import { type NearSegment, nearestSegments, toLiteral } from './nearest-segments.ts';
import { findTexts, holdsPhrases, parseTextQuery, type TextMatch } from './text-search.ts';

export interface HybridHit extends NearSegment {
  /** Whether it has something to do with the query, and is not only the least far from it. */
  readonly isClose?: boolean;
  /** Why it was found. */
  readonly matchedOn: readonly SearchOption[];
  /** What is said or written there. */
  readonly matchedText: string | null;
}

export interface HybridQuery {
  readonly query: string;
  /** What to look for in texts, where that is not the query. */
  readonly words?: string;
  readonly videoIds: readonly string[];
  readonly limit: number;
  readonly options: readonly SearchOption[];
  readonly exclusions?: Exclusions;
}

/** Reciprocal rank fusion (Cormack et al. 2009): how little the first ranks differ. */
const RANK_CONSTANT = 60;
/** With words in quotes, so many of the closest segments are looked through. */
const PHRASE_CANDIDATES = 500;

const KINDS: Readonly<Record<TextMatch['kind'], SearchOption>> = { said: 'transcription', written: 'text_in_video' };

/** The best matches of each segment: a segment is one hit. */
function toBestBySegment(matches: readonly TextMatch[]): TextMatch[][] {
  const bySegment = new Map<string, TextMatch[]>();
  for (const match of matches) {
    const known = bySegment.get(match.segment_id) ?? [];
    if (!known.some(({ kind }) => kind === match.kind)) bySegment.set(match.segment_id, [...known, match]);
  }
  return [...bySegment.values()];
}

/** All that was found, each once. */
function toCandidates(near: readonly NearSegment[], matches: readonly (readonly TextMatch[])[]) {
  const withWords = new Set(matches.flatMap(([match]) => match?.segment_id ?? []));
  const ids = new Set([...withWords, ...near.map(({ segment_id }) => segment_id)]);
  return [...ids].map((segmentId) => ({ segmentId, hasWords: withWords.has(segmentId) }));
}

/** Segments by id with their similarity to a vector. */
async function loadSegments(
  { readDb }: Pick<Platform, 'readDb'>,
  ids: readonly string[],
  vector: Float32Array,
): Promise<NearSegment[]> {
  if (ids.length === 0) return [];
  return readDb
    .selectFrom('segments')
    .select(['segment_id', 'video_id', 'start_s', 'end_s', 'thumbnail', 'caption'])
    .select(sql<number>`-(embedding <#> ${toLiteral(vector)})`.as('score'))
    .where('segment_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** What of the platform a search needs. */
type SearchPlatform = Pick<Platform, 'db' | 'readDb' | 'vectorSearch' | 'embedders'>;

/**
 * Segments that match a query by what is seen, said or written, best first. The rankings are fused by reciprocal rank. A hit on a
 * word starts where the word does.
 */
export const searchSegments = (platform: SearchPlatform, search: HybridQuery): Promise<HybridHit[]> =>
  platform.embedders.withServing((embedder) => searchWith(embedder, platform, search));

async function searchWith(embedder: Embedder, platform: SearchPlatform, search: HybridQuery): Promise<HybridHit[]> {
  const { query, videoIds, limit, options, exclusions = NO_EXCLUSIONS } = search;
  const vector = await embedder.embedText(query);
  const excluded = await readExclusions(platform, embedder, exclusions);
  const isNarrowed = excluded.length > 0;
  const parsed = parseTextQuery(search.words ?? query);
  const { phrases } = parsed;
  const kinds = (['said', 'written'] as const).filter((kind) => options.includes(KINDS[kind]));
  const allMatches = toBestBySegment(await findTexts(platform.readDb, videoIds, parsed, kinds));
  const isSeen = options.includes('visual');
  const candidates = Math.max(limit, phrases.length > 0 ? PHRASE_CANDIDATES : 0, isNarrowed ? EXCLUSION_CANDIDATES : 0);
  const found = isSeen ? await nearestSegments(platform, videoIds, moveAway(vector, excluded), candidates) : [];
  const judged = isNarrowed
    ? await judgeCandidates(
        platform,
        { kind: 'words', close: embedder.close, vector, excluded, items: exclusions.items, videoIds },
        toCandidates(found, allMatches),
      )
    : null;
  const isKept = (segmentId: string) => !judged?.excludedIds.has(segmentId);
  const near = found
    .filter(({ segment_id }) => isKept(segment_id))
    .map((segment) => ({ ...segment, score: judged?.scores.get(segment.segment_id) ?? segment.score }));
  const matches = allMatches.filter(([match]) => match && isKept(match.segment_id)).slice(0, limit);
  const visual = near.filter(({ caption }) => holdsPhrases(caption, phrases)).slice(0, limit);
  const known = new Map(near.map((segment) => [segment.segment_id, segment]));
  const missing = matches.flatMap(([match]) => (match && !known.has(match.segment_id) ? [match.segment_id] : []));
  for (const segment of await loadSegments(platform, missing, vector)) known.set(segment.segment_id, segment);

  const scores = new Map<string, number>();
  const addRanks = (ids: readonly string[]) => {
    for (const [rank, id] of ids.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (RANK_CONSTANT + rank + 1));
  };
  // First, so that a text comes before a picture of the same rank: what is said or written is sure.
  addRanks(matches.flatMap(([match]) => match?.segment_id ?? []));
  addRanks(visual.map(({ segment_id }) => segment_id));
  const visualIds = new Set(visual.map(({ segment_id }) => segment_id));
  const matchesById = new Map(matches.map((own) => [own[0]?.segment_id, own]));
  return [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .flatMap(([id]): HybridHit[] => {
      const segment = known.get(id);
      if (!segment) return [];
      const own = matchesById.get(id) ?? [];
      const [best] = own;
      const isClose = segment.score >= embedder.close;
      const looksAlike = visualIds.has(id) && (isClose || own.length === 0);
      return [
        {
          ...segment,
          isClose: isClose || best !== undefined,
          ...(best ? { start_s: best.start_s, end_s: Math.max(best.end_s, segment.end_s) } : {}),
          matchedOn: [...(looksAlike ? (['visual'] as const) : []), ...own.map(({ kind }) => KINDS[kind])],
          matchedText: best?.text ?? null,
        },
      ];
    });
}
