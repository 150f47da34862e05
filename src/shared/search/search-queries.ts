import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { SEARCH_OPTIONS, type SearchHit, type SearchOption, searchHitsSchema } from '#api/contracts/search.ts';
import { toScopeBody } from '#api/resources/search.ts';
import { api, queryClient, sendLocal } from '#shared/platform/client.ts';
import { paidQueryOptions, sendPaid } from '#shared/platform/paid-request.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { textParameter, useUrlParameter } from '#ui/url-state.ts';
import type { Likeness } from './picture-query.ts';
import { type Refinement, toRefinementBody, UNREFINED } from './refinement.ts';
import { resolveScope, type SearchScope } from './scope.ts';

/**
 * Hits for a text. Costs a credit each time it runs, so a result is kept for the whole visit. Leaving the page does not
 * cancel the request: it is charged all the same.
 */
export const searchQuery = (
  query: string,
  scope: SearchScope,
  topK: number,
  options: readonly SearchOption[] = SEARCH_OPTIONS,
  refinement: Refinement = UNREFINED,
) =>
  queryOptions({
    queryKey: keys.search(query, scope, topK, options, refinement),
    queryFn: async () => {
      const settings = {
        ...(await resolveScope(scope)),
        ...(await getSentRefinement(refinement)),
        ...(isEverything(options) ? {} : { searchOptions: options }),
        topK,
      };
      return sendPaid('search', () => api.search.search(query, settings));
    },
    ...paidQueryOptions,
  });

/** The part of a refinement that is sent: none of it to a hosted platform, which would ignore it. */
async function getSentRefinement(refinement: Refinement) {
  const { platform } = await queryClient.ensureQueryData(studioQuery);
  return platform === 'embedded' ? toRefinementBody(refinement) : {};
}

const isEverything = (options: readonly SearchOption[]) => options.length === SEARCH_OPTIONS.length;

/** Segments that look like another one or like a picture, on the embedded platform; words may narrow it. Costs a credit, too. */
export const similarQuery = (
  likeness: Likeness,
  query: string,
  scope: SearchScope,
  topK: number,
  refinement: Refinement = UNREFINED,
) =>
  queryOptions({
    queryKey: keys.similar(likeness, query, scope, topK, refinement),
    queryFn: async () => {
      const body = {
        ...toScopeBody(await resolveScope(scope)),
        ...toRefinementBody(refinement),
        segment_id: likeness.segmentId,
        picture: likeness.picture,
        query: query || undefined,
        top_k: topK,
      };
      return sendPaid('search', async () =>
        searchHitsSchema.parse(await (await sendLocal('/local/search/similar', 'POST', body)).json()),
      );
    },
    ...paidQueryOptions,
  });

/** What searches of this visit found for a text, each segment once, the newest search first; empty when none was made. */
function getCachedHits(client: QueryClient, query: string): SearchHit[] {
  const results = client
    .getQueryCache()
    .findAll({ queryKey: keys.searchFor(query) })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .flatMap(({ queryKey }) => client.getQueryData<SearchHit[]>(queryKey) ?? []);
  return [...new Map(results.map((hit) => [`${hit.video_id} ${hit.start}`, hit])).values()];
}

/** A segment as a search of this visit has found it; undefined for one that none has. */
export const findCachedHit = (client: QueryClient, segmentId: string): SearchHit | undefined =>
  client
    .getQueriesData<SearchHit[]>({ queryKey: keys.searches })
    .flatMap(([, hits]) => hits ?? [])
    .find((hit) => hit.segment_id === segmentId);

export const QUERY = textParameter('q');

/**
 * Hits for the text in the URL (`q`): of a search made here, or of those made before in this visit, which cost nothing.
 * A link with a text does not spend a credit by being opened. `isReady` is false while the scope is not known.
 */
export function useFoundHits(scope: SearchScope, topK: number, isReady = true) {
  const [query, setQuery] = useUrlParameter(QUERY);
  const [asked, setAsked] = useState<{ text: string; scope: SearchScope } | null>(null);
  const client = useQueryClient();
  const { data, error, isFetching, refetch } = useQuery({
    ...searchQuery(query, scope, topK),
    // Another scope is another search, which nobody has asked for yet.
    enabled: query !== '' && asked?.text === query && asked.scope === scope && isReady,
  });
  const hits = useMemo(() => data ?? getCachedHits(client, query), [data, client, query]);
  /** Searches; an empty text ends it. A search that failed is sent again. */
  const search = (wanted: string) => {
    if (error && wanted === query && asked?.scope === scope) void refetch();
    setAsked({ text: wanted, scope });
    setQuery(wanted);
  };
  return { query, hits, isOwn: data !== undefined, error: isFetching ? null : error, isFetching, search };
}
