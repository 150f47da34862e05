import { ActionIcon, Button, Group, Skeleton, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlaylist, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { plural } from '#lib/format.ts';
import { markerActions } from '#shared/browser-data/markers-store.ts';
import { player, prefetch, usePlayer } from '#shared/player/studio-player.ts';
import { MatchReason } from '#shared/search/match-reason.tsx';
import { hasSimilarity } from '#shared/search/relevance.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import { QueryError } from '#ui/query-error.tsx';
import classes from './panels.module.css';
import type { Hit, useHits } from './use-video-data.ts';

interface SearchPanelProps {
  readonly videoId: string;
  readonly found: ReturnType<typeof useHits>;
  onPlay(start: number): void;
}

/** Semantic search within the open video. */
export function SearchPanel({ videoId, found, onPlay }: SearchPanelProps) {
  const [text, setText] = useState(found.query);
  const { hits, isPending, error, query, run, isOwn } = found;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (text.trim()) run(text.trim());
  };
  return (
    <div className={classes.list}>
      <form onSubmit={submit} className={classes.filter}>
        <TextInput
          size="xs"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder="Search in this video (1 credit)"
          aria-label="Search in this video (1 credit)"
          leftSection={<IconSearch size={14} />}
          maxLength={4096}
        />
      </form>
      {error && <QueryError what="The search failed" error={error} onRetry={() => run(query)} />}
      {isPending && (
        <Stack gap="xs" p="xs" aria-busy>
          <Skeleton height={76} radius="md" />
          <Skeleton height={76} radius="md" />
          <Skeleton height={76} radius="md" />
        </Stack>
      )}
      {!isPending && hits === null && query !== '' && !error && (
        <Group p="xs">
          <Button size="xs" onClick={() => run(query)}>
            Search for “{query}” (1 credit)
          </Button>
        </Group>
      )}
      {!isPending && hits?.length === 0 && (
        <Text className={classes.none}>No matching segments found. Try other words.</Text>
      )}
      {!isPending && hits && hits.length > 0 && (
        <>
          <HitsHead videoId={videoId} query={query} hits={hits} isOwn={isOwn} />
          <ul className={classes.scroll} aria-label="Hits">
            {hits.map((hit) => (
              <HitRow key={hit.id} hit={hit} query={query} onPlay={onPlay} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function HitRow({ hit, query, onPlay }: { hit: Hit; query: string; onPlay(start: number): void }) {
  const current = usePlayer(({ time }) => time >= hit.start && time < hit.end);
  return (
    <li>
      <SegmentRow
        thumbnail={hit.thumbnail}
        start={hit.start}
        end={hit.end}
        text={hit.text}
        current={current}
        aside={hasSimilarity(hit.found) ? <span title="Similarity">{hit.score?.toFixed(2)}</span> : null}
        facts={<MatchReason hit={hit.found} query={query} />}
        onPlay={() => onPlay(hit.start)}
        onNear={() => prefetch(hit.start)}
      />
    </li>
  );
}

function HitsHead({
  videoId,
  query,
  hits,
  isOwn,
}: {
  videoId: string;
  query: string;
  hits: readonly Hit[];
  isOwn: boolean;
}) {
  const source = usePlayer((state) => state.source);
  const keep = () => {
    for (const { start, end } of hits) markerActions.add(videoId, start, end, query);
  };
  return (
    <Group justify="space-between" className={classes.head} wrap="nowrap">
      <Text size="xs" c="var(--studio-quiet)">
        {plural(hits.length, 'segment')} · {isOwn ? '1 credit' : 'from your search'}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Button size="compact-xs" variant="subtle" color="gray" onClick={keep}>
          Add as markers
        </Button>
        <Tooltip label="Play all in order">
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label="Play all in order"
            disabled={!source}
            onClick={() => source && player.playInOrder(hits.map(({ start, end }) => ({ source, start, end })))}
          >
            <IconPlaylist size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );
}
