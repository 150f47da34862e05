import { ActionIcon, Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ComparedHit, IndexStatus, Model } from '#api/contracts/models.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import { useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';
import { getModelName } from '#shared/platform/model-list.ts';
import { QueryError } from '#ui/query-error.tsx';
import { countRight, getMove } from './compare-hits.ts';
import { comparisonQuery, markedQueriesQuery, useMark } from './model-queries.ts';
import classes from './models.module.css';

const MAX_SUGGESTIONS = 8;

/** The same search with both models, side by side, before they are switched. */
export function Comparison({ index, models }: { index: IndexStatus; models: readonly Model[] }) {
  const recent = useRecentSearches((state) => state.queries);
  const { data: marked = [] } = useQuery(markedQueriesQuery);
  const suggestions = [...new Set([...marked.map(({ query }) => query), ...recent])].slice(0, MAX_SUGGESTIONS);
  const [query, setQuery] = useState<string | null>(null);
  const shown = query ?? suggestions[0] ?? null;
  return (
    <section className={classes.panel} aria-label="Compare results">
      <h2>Compare results</h2>
      <form
        className={classes.compareForm}
        onSubmit={(event) => {
          event.preventDefault();
          const text = new FormData(event.currentTarget).get('query');
          if (typeof text === 'string' && text.trim() !== '') setQuery(text.trim());
        }}
      >
        <TextInput name="query" aria-label="Query to compare" placeholder="a red car" />
        <Button type="submit" variant="default">
          Compare
        </Button>
      </form>
      {suggestions.length > 0 && (
        <Group gap={6} aria-label="Searches to compare">
          {suggestions.map((suggestion) => (
            <Button
              key={suggestion}
              size="compact-xs"
              variant={suggestion === shown ? 'filled' : 'default'}
              aria-pressed={suggestion === shown}
              onClick={() => setQuery(suggestion)}
            >
              {suggestion}
            </Button>
          ))}
        </Group>
      )}
      {shown !== null && index.next && (
        <ComparedHits query={shown} serving={index.model} next={index.next.model} models={models} />
      )}
    </section>
  );
}

interface ComparedHitsProps {
  readonly query: string;
  readonly serving: string;
  readonly next: string;
  readonly models: readonly Model[];
}

function ComparedHits({ query, serving, next, models }: ComparedHitsProps) {
  const { data, error, refetch } = useQuery(comparisonQuery(query, serving, next));
  if (error && !data) return <QueryError what="The comparison failed" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Text size="sm">Searching…</Text>;
  return (
    <div className={classes.columns}>
      <Column title={`${getModelName(models, serving)} (now)`} hits={data.serving} others={data.next} query={query} />
      <Column title={getModelName(models, next)} hits={data.next} others={data.serving} query={query} showsMoves />
    </div>
  );
}

interface ColumnProps {
  readonly title: string;
  readonly hits: readonly ComparedHit[];
  /** Hits of the other model. */
  readonly others: readonly ComparedHit[];
  readonly query: string;
  readonly showsMoves?: boolean;
}

function Column({ title, hits, others, query, showsMoves = false }: ColumnProps) {
  const { right, marked } = countRight(hits);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Text size="xs" c="var(--studio-quiet)">
        {marked > 0 ? `${right} of ${plural(marked, 'marked result')} right` : 'No result marked'}
      </Text>
      <ol className={classes.hits}>
        {hits.map((hit, rank) => (
          <Hit
            key={hit.segment_id}
            hit={hit}
            query={query}
            move={showsMoves ? getMove(hit.segment_id, rank, others) : null}
          />
        ))}
      </ol>
    </section>
  );
}

function Hit({ hit, query, move }: { hit: ComparedHit; query: string; move: string | null }) {
  const { mutate: mark } = useMark(query);
  const seconds = hit.start_ms / 1000;
  const toggle = (isRight: boolean) =>
    mark({ segmentId: hit.segment_id, isRight: hit.is_right === isRight ? null : isRight });
  return (
    <li className={classes.hit}>
      {hit.thumbnail_url && <img src={hit.thumbnail_url} alt="" loading="lazy" />}
      <div>
        <Anchor component={Link} size="sm" to={`/videos/${encodeURIComponent(hit.video_id)}?t=${seconds}`}>
          {formatClock(seconds)}
        </Anchor>
        <Text size="xs" lineClamp={2}>
          {hit.text}
        </Text>
        {move !== null && (
          <Text size="xs" c="var(--studio-quiet)">
            {move}
          </Text>
        )}
      </div>
      <ActionIcon
        variant={hit.is_right === true ? 'filled' : 'default'}
        color="teal"
        aria-label="Right"
        aria-pressed={hit.is_right === true}
        onClick={() => toggle(true)}
      >
        <IconCheck size={16} />
      </ActionIcon>
      <ActionIcon
        variant={hit.is_right === false ? 'filled' : 'default'}
        color="red"
        aria-label="Wrong"
        aria-pressed={hit.is_right === false}
        onClick={() => toggle(false)}
      >
        <IconX size={16} />
      </ActionIcon>
    </li>
  );
}
