import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SearchHit } from '#api/contracts/search.ts';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { plural } from '#lib/format.ts';
import { hitsByVideo, mergeNeighbors, rankedHits } from '#shared/search/relevance.ts';
import { ScrubPicture } from '#shared/videos/scrub-picture.tsx';
import { HitRow } from './hit-row.tsx';
import classes from './search-page.module.css';

const SKELETONS = ['one', 'two', 'three', 'four', 'five'];

/** How hits are laid out. */
export type Arrangement = 'rank' | 'video' | 'video-time';

export interface HitListProps {
  readonly hits: readonly SearchHit[] | undefined;
  readonly isPending: boolean;
  readonly query: string;
  readonly arrangement: Arrangement;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

/** Moves the focus along the rows with the arrow keys. */
function walk(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = rows.findIndex((row) => row.matches(':focus'));
  rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  event.preventDefault();
}

/** Ranked segments, those that were probably meant before those that merely came back. */
export function HitList({ hits, isPending, ...shown }: HitListProps) {
  const [unfolded, setUnfolded] = useState(false);
  if (isPending) {
    return (
      <Stack gap="xs" aria-busy>
        {SKELETONS.map((key) => (
          <Skeleton key={key} height={72} radius="md" />
        ))}
      </Stack>
    );
  }
  if (!hits) return null;
  const ranked = rankedHits(hits);
  const [strong, weak] = [mergeNeighbors(ranked.strong), mergeNeighbors(ranked.weak)];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are buttons; arrows only move between them
    <div onKeyDown={walk} data-testid="hits">
      {strong.length === 0 && (
        <Text c="var(--studio-quiet)" size="sm" p={6}>
          No matching segments found. Try other words, name what can be seen, or search more videos.
        </Text>
      )}
      <Hits hits={strong} {...shown} />
      {weak.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          my={6}
          leftSection={unfolded ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {plural(weak.length, 'weaker match', 'weaker matches')}
        </Button>
      )}
      {unfolded && <Hits hits={weak} {...shown} />}
    </div>
  );
}

function Hits({
  hits,
  query,
  arrangement,
  getVideo,
  getName,
}: Omit<HitListProps, 'isPending'> & { hits: readonly SearchHit[] }) {
  const row = (hit: SearchHit, isNamed: boolean) => {
    const name = getName(hit.video_id);
    return (
      <HitRow
        key={`${hit.video_id}-${hit.start}`}
        hit={hit}
        name={name}
        video={getVideo(hit.video_id)}
        title={isNamed ? name : null}
        query={query}
      />
    );
  };
  if (arrangement === 'rank') return hits.map((hit) => row(hit, true));
  return hitsByVideo(hits, arrangement === 'video' ? 'rank' : 'time').map(({ videoId, hits: own }) => (
    <section key={videoId}>
      <Link className={classes.group} to={`/videos/${videoId}?${new URLSearchParams({ q: query })}`}>
        <ScrubPicture video={getVideo(videoId)} poster={getVideo(videoId)?.thumbnail_path} />
        <h2>{getName(videoId)}</h2>
        <span>{plural(own.length, 'hit')}</span>
      </Link>
      {own.map((hit) => row(hit, false))}
    </section>
  ));
}
