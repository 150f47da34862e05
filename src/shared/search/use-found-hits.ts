import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useUrlParameter } from '#ui/use-url-parameter.ts';
import type { SearchScope } from './scope.ts';
import { getCachedHits, searchQuery } from './search-queries.ts';

/**
 * Hits for the text in the URL (`q`): of a search made here, or of those made before in this visit, which cost nothing.
 * A link with a text does not spend a credit by being opened. `isReady` is false while the scope is not known.
 */
export function useFoundHits(scope: SearchScope, topK: number, isReady = true) {
  const [text, setText] = useUrlParameter('q');
  const [asked, setAsked] = useState<{ text: string; scope: SearchScope } | null>(null);
  const client = useQueryClient();
  const query = text ?? '';
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
    setText(wanted);
  };
  return { query, hits, isOwn: data !== undefined, error: isFetching ? null : error, isFetching, search };
}
