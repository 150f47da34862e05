import type { SearchHit } from '#api/contracts/search.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';

/** Whether a hit was found by its picture: of one that was found by words alone, the similarity says nothing. */
export const hasSimilarity = ({ score, matched_on }: SearchHit): boolean =>
  typeof score === 'number' && (!matched_on || matched_on.includes('visual'));

/** A drop in similarity that parts what was meant from what merely came back, as a fraction of the best hit's. */
const MIN_SCORE_DROP = 0.18;

export interface Ranked {
  /** What was probably meant. */
  readonly strong: readonly SearchHit[];
  /** What came back because something always does. */
  readonly weak: readonly SearchHit[];
}

/** How many of the first hits lie before the first large drop in similarity; all when there is none. */
function beforeDrop(hits: readonly SearchHit[]): number {
  const best = hits[0]?.score;
  if (typeof best !== 'number' || best <= 0) return hits.length;
  const at = hits.findIndex(({ score }, index) => {
    const before = hits[index - 1]?.score;
    return typeof before === 'number' && typeof score === 'number' && before - score > MIN_SCORE_DROP * best;
  });
  return at < 0 ? hits.length : at;
}

/**
 * Parts hits, best first, where relevance drops off. Where the platform says which hits are close (`close`), no other hit
 * is strong: a query for what no video shows has weak hits only. Elsewhere the first large drop in similarity decides;
 * without similarities nothing is called weak. Hits on words are always strong.
 */
export function splitByRelevance(hits: readonly SearchHit[]): Ranked {
  const hasClose = hits.some((hit) => typeof hit.close === 'boolean');
  const seen = hits.filter((hit) => !hasWords(hit) && (!hasClose || hit.close === true));
  const strong = new Set([...hits.filter(hasWords), ...seen.slice(0, beforeDrop(seen))]);
  return { strong: hits.filter((hit) => strong.has(hit)), weak: hits.filter((hit) => !strong.has(hit)) };
}

/** Whether the words of the query are said or written there: that is what was meant, whatever the picture is like. */
const hasWords = (hit: SearchHit): boolean => Boolean(hit.matched_text);

/** Seconds between two segments that count as touching. */
const MAX_GAP = 0.1;
/** Difference in similarity up to which two hits are as good as each other. */
const MAX_SCORE_DIFFERENCE = 0.02;

/** True for hits on segments of one video that touch, say the same and are about as similar to the query. */
function areNearEqual(a: SearchHit, b: SearchHit): boolean {
  if (a.video_id !== b.video_id) return false;
  const [first, second] = [readSegmentTimes(a), readSegmentTimes(b)];
  const gap = Math.max(first.start, second.start) - Math.min(first.end, second.end);
  if (!(gap <= MAX_GAP) || typeof a.score !== 'number' || typeof b.score !== 'number') return false;
  const text = getText(a);
  const saysSame = (a.matched_text ?? null) === (b.matched_text ?? null);
  return Boolean(text) && text === getText(b) && saysSame && Math.abs(a.score - b.score) <= MAX_SCORE_DIFFERENCE;
}

/** One hit over the range of both, with the rank and picture of the better one. */
function join(better: SearchHit, other: SearchHit): SearchHit {
  const starts = readSegmentTimes(better).start <= readSegmentTimes(other).start ? better : other;
  const ends = readSegmentTimes(better).end >= readSegmentTimes(other).end ? better : other;
  return { ...better, start: starts.start, start_ms: starts.start_ms, end: ends.end, end_ms: ends.end_ms };
}

/**
 * Joins near-equal neighbors into one hit, for display: a scene that lasts is one row instead of one per segment. The order
 * is that of the best hit of each row.
 */
export function mergeNeighbors(hits: readonly SearchHit[]): SearchHit[] {
  const rows: SearchHit[] = [];
  for (const hit of hits) {
    const at = rows.findIndex((row) => areNearEqual(row, hit));
    const row = rows[at];
    if (!row) {
      rows.push(hit);
      continue;
    }
    let joined = join(row, hit);
    // A hit between two rows joins them.
    for (let other = rows.length - 1; other > at; other -= 1) {
      const next = rows[other];
      if (next && areNearEqual(joined, next)) {
        joined = join(joined, next);
        rows.splice(other, 1);
      }
    }
    rows[at] = joined;
  }
  return rows;
}

export interface VideoHits {
  readonly videoId: string;
  readonly hits: readonly SearchHit[];
}

const getStart = (hit: SearchHit) => readSegmentTimes(hit).start;

/** Hits by video: videos in the order of their best hit, each video's hits in rank or in time order. */
export function groupHitsByVideo(hits: readonly SearchHit[], order: 'rank' | 'time'): VideoHits[] {
  const groups = new Map<string, SearchHit[]>();
  for (const hit of hits) groups.set(hit.video_id, [...(groups.get(hit.video_id) ?? []), hit]);
  return [...groups].map(([videoId, own]) => ({
    videoId,
    hits: order === 'rank' ? own : [...own].sort((a, b) => getStart(a) - getStart(b)),
  }));
}
