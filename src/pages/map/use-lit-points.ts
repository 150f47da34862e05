import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { rankedHits } from '#components/video/relevance.ts';
import type { useScope } from '#components/video/use-scope.ts';
import { parseTimecode } from '#lib/time.ts';
import { knownHits, searchQuery } from '#queries/search.ts';
import { useRecentSearches } from '#stores/recent-searches.ts';
import type { MapPoints } from './map-points.ts';

/** How many moments a search on the map lights. */
const TOP_K = 20;

/**
 * The points that a text found (`q` in the URL): of a search made before in this visit, which costs nothing, or of one
 * made here. A link with a text does not spend a credit by being opened.
 */
export function useLitPoints(scope: ReturnType<typeof useScope>, { moments }: MapPoints) {
  const [parameters, setParameters] = useSearchParams();
  const [asked, setAsked] = useState<string | null>(null);
  const client = useQueryClient();
  const query = parameters.get('q') ?? '';
  const { data, error, isFetching } = useQuery({
    ...searchQuery(query, scope.scope, TOP_K),
    enabled: query !== '' && asked === query && !scope.isPending && !scope.isEmpty,
  });
  const hits = useMemo(() => data ?? knownHits(client, query), [data, client, query]);
  /** What was probably meant, in the order of the hits. */
  const lit = useMemo(() => {
    const byMoment = new Map(moments.map(({ videoId, start }, index) => [`${videoId} ${start}`, index]));
    return rankedHits(hits).strong.flatMap((hit) => byMoment.get(`${hit.video_id} ${parseTimecode(hit.start)}`) ?? []);
  }, [hits, moments]);
  const search = (text: string) => {
    setAsked(text);
    if (text) useRecentSearches.getState().add(text);
    setParameters(
      (before) => {
        if (text) before.set('q', text);
        else before.delete('q');
        return before;
      },
      { replace: true },
    );
  };
  return { query, lit, isKnown: data !== undefined || hits.length > 0, error, isFetching, search };
}
