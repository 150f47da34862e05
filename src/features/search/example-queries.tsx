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

/**
 * Queries that find something in this library, taken from what was detected in its newest videos, for free. They appear all
 * at once, after the lists above them, and then stay: a list that is still changing would be pressed in the wrong place.
 */
export function ExampleQueries({ onSearch }: { onSearch(query: string): void }) {
  const { data: studio } = useQuery(studioQuery);
  const { data: recent = [] } = useQuery({ ...recentVideosQuery, refetchInterval: false });
  const videos = studio?.platform === 'embedded' ? recent.filter(isSearchable).slice(0, MAX_VIDEOS) : [];
  const { segments, isPending } = useQueries({
    queries: videos.map(({ video_id }) => segmentsQuery(video_id, 'embedded')),
    combine: (results) => ({
      segments: results.map(({ data }) => data?.segments ?? NO_SEGMENTS),
      isPending: results.some((result) => result.isPending),
    }),
  });
  const { isLoading } = useSavedSearches();
  const [examples, setExamples] = useState<readonly string[]>([]);
  if (examples.length === 0 && !isPending && !isLoading) {
    const found = toExampleQueries(segments);
    if (found.length > 0) setExamples(found);
  }
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
