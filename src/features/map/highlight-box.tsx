import { CloseButton, Loader, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import classes from './map-page.module.css';
import type { useHighlightedPoints } from './use-highlighted-points.ts';

/** Searches from the map: what is found highlights on it. */
export function HighlightBox({ found }: { found: ReturnType<typeof useHighlightedPoints> }) {
  const { query, highlighted, isKnown, error, isFetching, search } = found;
  const [text, setText] = useState(query);
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
