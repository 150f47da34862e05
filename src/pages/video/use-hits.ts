import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { SearchHit } from '#api/schemas/search.ts';
import { textOf } from '#components/video/text-of.ts';
import { parseTimecode } from '#lib/time.ts';
import { knownHits, searchQuery } from '#queries/search.ts';
import type { Segment } from '#queries/segments.ts';

const TOP_K = 10;

/** A hit in the open video. */
export interface Hit extends Omit<Segment, 'details'> {
  readonly score: number | null;
}

const hitOf = (hit: SearchHit): Hit => ({
  id: `${hit.video_id} ${hit.start}`,
  start: parseTimecode(hit.start),
  end: parseTimecode(hit.end),
  thumbnail: hit.thumbnail_url ?? null,
  text: textOf(hit),
  score: hit.score ?? null,
});

/**
 * Hits for the text in the URL (`q`) within one video, best first: those of a search made before, which cost nothing, or
 * of one made here. A link with a text does not spend a credit by being opened.
 */
export function useHits(videoId: string) {
  const [parameters, setParameters] = useSearchParams();
  const [asked, setAsked] = useState<string | null>(null);
  const client = useQueryClient();
  const query = parameters.get('q') ?? '';
  const search = useQuery({
    ...searchQuery(query, { videoIds: [videoId] }, TOP_K),
    enabled: query !== '' && asked === query,
  });
  const { data } = search;
  const hits = useMemo(() => {
    if (data) return data.map(hitOf);
    const known = knownHits(client, query).filter((hit) => hit.video_id === videoId);
    return known.length > 0 ? known.map(hitOf) : null;
  }, [data, client, query, videoId]);
  const run = (text: string) => {
    setAsked(text);
    setParameters(
      (before) => {
        before.set('q', text);
        return before;
      },
      { replace: true },
    );
  };
  return { query, hits, isPending: search.isFetching, error: search.error, run, isOwn: data !== undefined };
}
