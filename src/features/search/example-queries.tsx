import { Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isSearchable } from '#api/status.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useSavedSearches } from '#shared/search/saved-search-queries.ts';
import { type Segment, segmentsQuery } from '#shared/segments/segment-queries.ts';
import { recentVideosQuery } from '#shared/videos/video-queries.ts';
import classes from './search-page.module.css';
import { toExampleQueries } from './to-example-queries.ts';

/** How many of the newest videos the examples are taken from. */
const MAX_VIDEOS = 4;
const NO_SEGMENTS: readonly Segment[] = [];
const NO_EXAMPLES: readonly string[] = [];

/** Undefined while they are being loaded. */
function useCurrentExamples(): readonly string[] | undefined {
  const { data: studio } = useQuery(studioQuery);
  const { data: recent } = useQuery({ ...recentVideosQuery, refetchInterval: false });
  const videos = recent?.filter(isSearchable).slice(0, MAX_VIDEOS) ?? [];
  const isEmbedded = studio?.platform === 'embedded';
  const segments = useQueries({
    queries: isEmbedded ? videos.map(({ video_id }) => segmentsQuery(video_id, 'embedded')) : [],
    combine: (results) =>
      results.some(({ isPending }) => isPending) ? undefined : results.map(({ data }) => data?.segments ?? NO_SEGMENTS),
  });
  if (!isEmbedded) return studio && NO_EXAMPLES;
  return recent && segments && toExampleQueries(segments);
}

/**
 * Queries that find something in this library, taken from what was detected in its newest videos, for free. They appear all
 * at once, after the lists above them, and then stay: a list that is still changing would be pressed in the wrong place.
 */
export function ExampleQueries({ onSearch }: { onSearch(query: string): void }) {
  const current = useCurrentExamples();
  const { isLoading } = useSavedSearches();
  const [examples, setExamples] = useState(NO_EXAMPLES);
  if (examples.length === 0 && current && current.length > 0 && !isLoading) setExamples(current);
  if (examples.length === 0) return null;
  return (
    <section aria-label="Example searches">
      <Text size="xs" c="var(--studio-quiet)" mb={4}>
        Try
      </Text>
      {examples.map((query) => (
        <div key={query} className={classes.recent}>
          <button type="button" onClick={() => onSearch(query)}>
            <IconSearch size={15} stroke={1.6} />
            <span>{query}</span>
          </button>
        </div>
      ))}
    </section>
  );
}
