import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconHistory, IconX } from '@tabler/icons-react';
import { useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';
import classes from './search-page.module.css';

/** What was searched for lately, to be searched for again. */
export function RecentList({ onSearch }: { onSearch(query: string): void }) {
  const queries = useRecentSearches((state) => state.queries);
  const { remove, clear } = useRecentSearches.getState();
  if (queries.length === 0) return null;
  return (
    <section aria-label="Recent searches">
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="var(--studio-quiet)">
          Recent searches
        </Text>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={clear}>
          Clear
        </Button>
      </Group>
      {queries.map((query) => (
        <div key={query} className={classes.recent}>
          <button type="button" onClick={() => onSearch(query)}>
            <IconHistory size={15} stroke={1.6} />
            <span>{query}</span>
          </button>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`Remove “${query}” from recent searches`}
            onClick={() => remove(query)}
          >
            <IconX size={13} />
          </ActionIcon>
        </div>
      ))}
    </section>
  );
}
