import { useMemo } from 'react';
import type { SearchHit } from '#api/contracts/search.ts';
import { readSegmentTimes } from '#api/segment-times.ts';
import { getText } from '#lib/get-text.ts';
import { useFoundHits } from '#shared/search/use-found-hits.ts';
import type { Segment } from '#shared/segments/segment-queries.ts';

const TOP_K = 10;

/** A hit in the open video. */
export interface Hit extends Omit<Segment, 'details'> {
  readonly score: number | null;
}

const toHit = (hit: SearchHit): Hit => ({
  id: `${hit.video_id} ${hit.start}`,
  ...readSegmentTimes(hit),
  thumbnail: hit.thumbnail_url ?? null,
  text: getText(hit),
  score: hit.score ?? null,
});

/** Hits for a text within one video, best first; null when nobody has looked there for it. */
export function useHits(videoId: string) {
  const scope = useMemo(() => ({ videoIds: [videoId] }), [videoId]);
  const { query, hits: found, isOwn, error, isFetching, search } = useFoundHits(scope, TOP_K);
  const hits = useMemo(() => {
    const own = found.filter((hit) => hit.video_id === videoId);
    return isOwn || own.length > 0 ? own.map(toHit) : null;
  }, [found, isOwn, videoId]);
  return { query, hits, isPending: isFetching, error, run: search, isOwn };
}
