import type { SearchHit } from '#api/contracts/search.ts';
import { readSegmentTimes } from '#api/segment-times.ts';

/** A drop in similarity that parts what was meant from what merely came back, as a share of the best hit's. */
const DROP = 0.18;

export interface Ranked {
  /** What was probably meant. */
  readonly strong: readonly SearchHit[];
  /** What came back because something always does. */
  readonly weak: readonly SearchHit[];
}

/** Of hits that are not said to be close, so many may stand out from the rest. */
const FEW = 3;

/** How many of the first hits lie before the first large drop in similarity; all when there is none. */
function beforeDrop(hits: readonly SearchHit[]): number {
  const best = hits[0]?.score;
  if (typeof best !== 'number' || best <= 0) return hits.length;
  const at = hits.findIndex(({ score }, index) => {
    const before = hits[index - 1]?.score;
    return typeof before === 'number' && typeof score === 'number' && before - score > DROP * best;
  });
  return at < 0 ? hits.length : at;
}

/**
 * Parts hits, best first, where relevance drops off. A platform that says which hits are close (`close`) is believed,
 * except that a few which stand out from all others are shown even when they are not. Elsewhere the first large drop
 * in similarity decides; without similarities nothing is called weak.
 */
export function rankedHits(hits: readonly SearchHit[]): Ranked {
  if (!hits.some((hit) => typeof hit.close === 'boolean')) return split(hits, beforeDrop(hits));
  const close = hits.filter((hit) => hit.close === true);
  if (close.length > 0) return split(hits, beforeDrop(close));
  const outstanding = beforeDrop(hits);
  return split(hits, outstanding <= FEW && outstanding < hits.length ? outstanding : 0);
}

const split = (hits: readonly SearchHit[], count: number): Ranked => ({
  strong: hits.slice(0, count),
  weak: hits.slice(count),
});

export interface VideoHits {
  readonly videoId: string;
  readonly hits: readonly SearchHit[];
}

const getStart = (hit: SearchHit) => readSegmentTimes(hit).start;

/** Hits by video: videos in the order of their best hit, each video's hits in rank or in time order. */
export function hitsByVideo(hits: readonly SearchHit[], order: 'rank' | 'time'): VideoHits[] {
  const groups = new Map<string, SearchHit[]>();
  for (const hit of hits) groups.set(hit.video_id, [...(groups.get(hit.video_id) ?? []), hit]);
  return [...groups].map(([videoId, own]) => ({
    videoId,
    hits: order === 'rank' ? own : [...own].sort((a, b) => getStart(a) - getStart(b)),
  }));
}
