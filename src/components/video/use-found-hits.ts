import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Scope } from '#api/resources/search.ts';
import { useParameter } from '#components/layout/use-parameter.ts';
import { knownHits, searchQuery } from '#queries/search.ts';

/**
 * Hits for the text in the URL (`q`): of a search made here, or of those made before in this visit, which cost nothing.
 * A link with a text does not spend a credit by being opened. `ready` is false while the scope is not known.
 */
export function useFoundHits(scope: Scope, topK: number, ready = true) {
  const [text, setText] = useParameter('q');
  const [asked, setAsked] = useState<string | null>(null);
  const client = useQueryClient();
  const query = text ?? '';
  const { data, error, isFetching } = useQuery({
    ...searchQuery(query, scope, topK),
    enabled: query !== '' && asked === query && ready,
  });
  const hits = useMemo(() => data ?? knownHits(client, query), [data, client, query]);
  /** Searches; an empty text ends it. */
  const search = (wanted: string) => {
    setAsked(wanted);
    setText(wanted);
  };
  return { query, hits, isOwn: data !== undefined, error, isFetching, search };
}
