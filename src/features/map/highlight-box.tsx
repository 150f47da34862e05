import { CloseButton, Loader, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { plural } from '#lib/format.ts';
import { useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';
import { splitByRelevance } from '#shared/search/relevance.ts';
import { useFoundHits } from '#shared/search/search-queries.ts';
import type { useScope } from '#shared/search/use-scope.ts';
import { useDraft } from '#ui/use-draft.ts';
import classes from './map-page.module.css';
import { type MapPoints, pointAt } from './map-points.ts';

/** How many segments a search on the map highlights. */
const TOP_K = 20;

/** The points that a text found, and a search that highlights others. */
export function useHighlightedPoints(scope: ReturnType<typeof useScope>, points: MapPoints) {
  const { query, hits, isOwn, error, isFetching, search } = useFoundHits(scope.scope, TOP_K, scope.isReady);
  /** What was probably meant, in the order of the hits. */
  const highlighted = useMemo(
    () =>
      splitByRelevance(hits).strong.flatMap(
        // A hit on a word starts within its segment.
        (hit) => pointAt(points, hit.video_id, readSegmentTimes(hit).start) ?? [],
      ),
    [hits, points],
  );
  const searchAndRemember = (text: string) => {
    if (text) useRecentSearches.getState().add(text);
    search(text);
  };
  return { query, highlighted, isKnown: isOwn || hits.length > 0, error, isFetching, search: searchAndRemember };
}

/** Searches from the map: what is found highlights on it. */
export function HighlightBox({ found }: { found: ReturnType<typeof useHighlightedPoints> }) {
  const { query, highlighted, isKnown, error, isFetching, search } = found;
  const [text, setText] = useDraft(query);
  const clear = () => {
    setText('');
    search('');
  };
  return (
    <form
      className={classes.light}
      onSubmit={(event) => {
        event.preventDefault();
        search(text.trim());
      }}
    >
      <TextInput
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder="Highlight matches (1 credit)"
        aria-label="Highlight matches (1 credit)"
        leftSection={isFetching ? <Loader size={14} color="gray" /> : <IconSearch size={16} />}
        rightSection={text !== '' && <CloseButton size="sm" aria-label="Clear highlight" onClick={clear} />}
        maxLength={4096}
        error={error ? getErrorMessage(error) : null}
      />
      {query !== '' && !isFetching && !error && (
        <Text size="xs" c="var(--studio-quiet)" role="status">
          {highlighted.length > 0
            ? `${plural(highlighted.length, 'segment')} highlighted for “${query}”`
            : isKnown
              ? 'No matching segments found.'
              : `Press Enter to look for “${query}”`}
        </Text>
      )}
    </form>
  );
}
