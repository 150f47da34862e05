import { useMemo } from 'react';
import { readSegmentTimes } from '#api/segment-times.ts';
import { useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';
import { rankedHits } from '#shared/search/relevance.ts';
import { useFoundHits } from '#shared/search/use-found-hits.ts';
import type { useScope } from '#shared/search/use-scope.ts';
import type { MapPoints } from './map-points.ts';

/** How many segments a search on the map highlights. */
const TOP_K = 20;

/** The points that a text found, and a search that highlights others. */
export function useHighlightedPoints(scope: ReturnType<typeof useScope>, { segments }: MapPoints) {
  const { query, hits, isOwn, error, isFetching, search } = useFoundHits(scope.scope, TOP_K, scope.isReady);
  /** What was probably meant, in the order of the hits. */
  const highlighted = useMemo(() => {
    const bySegment = new Map(segments.map(({ videoId, start }, index) => [`${videoId} ${start}`, index]));
    return rankedHits(hits).strong.flatMap(
      (hit) => bySegment.get(`${hit.video_id} ${readSegmentTimes(hit).start}`) ?? [],
    );
  }, [hits, segments]);
  const searchAndRemember = (text: string) => {
    if (text) useRecentSearches.getState().add(text);
    search(text);
  };
  return { query, highlighted, isKnown: isOwn || hits.length > 0, error, isFetching, search: searchAndRemember };
}
