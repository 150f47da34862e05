import type { SearchHit } from '#api/schemas/search.ts';

/** A drop in similarity that parts what was meant from what merely came back, as a share of the best hit's. */
const DROP = 0.18;

export interface Ranked {
  /** What was probably meant. */
  readonly strong: readonly SearchHit[];
  /** What came back because something always does. */
  readonly weak: readonly SearchHit[];
}

/**
 * Parts hits, best first, where relevance drops off. A platform that says which hits are close (`close`) is believed;
 * otherwise the first large drop in similarity decides. Without similarities nothing is called weak.
 */
export function rankedHits(hits: readonly SearchHit[]): Ranked {
  const said = hits.some((hit) => typeof hit.close === 'boolean');
  const candidates = said ? hits.filter((hit) => hit.close === true) : hits;
  const best = candidates[0]?.score;
  if (typeof best !== 'number' || best <= 0) return split(hits, candidates.length);
  const at = candidates.findIndex((hit, index) => {
    const before = candidates[index - 1]?.score;
    return index > 0 && typeof before === 'number' && typeof hit.score === 'number' && before - hit.score > DROP * best;
  });
  return split(hits, at < 0 ? candidates.length : at);
}

const split = (hits: readonly SearchHit[], count: number): Ranked => ({
  strong: hits.slice(0, count),
  weak: hits.slice(count),
});

export interface VideoHits {
  readonly videoId: string;
  readonly hits: readonly SearchHit[];
}

/** Hits by video: videos in the order of their best hit, each video's hits in rank or in time order. */
export function hitsByVideo(hits: readonly SearchHit[], order: 'rank' | 'time'): VideoHits[] {
  const groups = new Map<string, SearchHit[]>();
  for (const hit of hits) groups.set(hit.video_id, [...(groups.get(hit.video_id) ?? []), hit]);
  return [...groups].map(([videoId, own]) => ({
    videoId,
    // `HH:MM:SS` with equal widths sorts as text.
    hits: order === 'rank' ? own : [...own].sort((a, b) => a.start.localeCompare(b.start)),
  }));
}
