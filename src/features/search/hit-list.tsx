import { ActionIcon, Button, Skeleton, Stack, Text, Tooltip } from '@mantine/core';
import { IconArrowUpRight, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SearchHit } from '#api/contracts/search.ts';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import { plural } from '#lib/format.ts';
import { usePlayer, usePlaySegment } from '#shared/player/studio-player.ts';
import { hitsByVideo, mergeNeighbors, rankedHits } from '#shared/search/relevance.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import { type Scrubbable, ScrubPicture } from '#shared/videos/scrub-picture.tsx';
import classes from './search-page.module.css';

interface HitRowProps {
  readonly hit: SearchHit;
  /** The video's name; null under a heading that says it. */
  readonly title: string | null;
  readonly name: string;
  readonly video: Scrubbable | undefined;
  readonly query: string;
}

/** One hit: pressed, it plays from its start; its arrow opens the video's own page with all hits on the timeline. */
function HitRow({ hit, title, name, video, query }: HitRowProps) {
  const playSegment = usePlaySegment();
  const { start, end } = readSegmentTimes(hit);
  const current = usePlayer(({ source, time }) => source?.videoId === hit.video_id && time >= start && time < end);
  const hlsUrl = hit.hls_playlist_url;
  const link = new URLSearchParams({ t: String(start), q: query });
  return (
    <div className={classes.hit}>
      <SegmentRow
        thumbnail={hit.thumbnail_url}
        video={video}
        start={start}
        end={end}
        heading={title}
        text={getText(hit)}
        aside={typeof hit.score === 'number' ? <span title="Similarity">{hit.score.toFixed(2)}</span> : null}
        current={current}
        onPlay={() => hlsUrl && playSegment?.({ videoId: hit.video_id, title: name, hlsUrl, time: start, play: true })}
      />
      <Tooltip label="Open the video here">
        <ActionIcon
          component={Link}
          to={`/videos/${hit.video_id}?${link}`}
          variant="subtle"
          color="gray"
          size="sm"
          className={classes.open}
          aria-label={`Open ${name} at this segment`}
        >
          <IconArrowUpRight size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

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
