import { Group, Skeleton, Text } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { formatClock } from '#lib/time.ts';
import { useStagesOfRow } from '#shared/processing/pipeline-queries.ts';
import { StageStrip } from '#shared/processing/stage-strip.tsx';
import type { Filter } from './filter-tabs.tsx';
import { PipelineActions } from './pipeline-actions.tsx';
import classes from './pipelines.module.css';

const ROWS = ['one', 'two', 'three', 'four', 'five'];

/** What the page will look like, before it knows. */
export function PipelineSkeleton() {
  return (
    <>
      <Skeleton height={64} mb="md" radius="md" />
      <div className={classes.skeletons}>
        {ROWS.map((row) => (
          <Skeleton key={row} height={76} radius="md" />
        ))}
      </div>
    </>
  );
}

/**
 * Keeps what is being looked at under the eyes when rows come or go above it (new uploads stand at the top). `rowHeight`
 * is in pixels.
 */
function useScrollRestoration(ids: readonly string[], list: RefObject<HTMLElement | null>, rowHeight: number): void {
  const before = useRef<readonly string[]>(ids);
  useLayoutEffect(() => {
    const known = before.current;
    before.current = ids;
    const top = list.current?.offsetTop ?? 0;
    const firstInView = Math.floor((window.scrollY - top) / rowHeight);
    const anchor = firstInView > 0 ? known[firstInView] : undefined;
    if (anchor === undefined || ids[firstInView] === anchor) return;
    const now = ids.indexOf(anchor);
    if (now >= 0) window.scrollBy({ top: (now - firstInView) * rowHeight, behavior: 'instant' });
  });
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function getFacts(video: VideoListItem): string {
  const length = typeof video.duration === 'number' ? formatClock(video.duration) : '';
  const added = video.created_at ? DATE.format(new Date(video.created_at)) : '';
  return [length, added].filter(Boolean).join(' · ');
}

/** One video: its picture, its five stages, why it failed where it did, and what can be done. */
function PipelineRow({ video }: { video: VideoListItem }) {
  const stages = useStagesOfRow(video);
  const failed = stages.find(({ state }) => state === 'failed');
  return (
    <div className={classes.row}>
      <Link to={`/videos/${video.video_id}`} className={classes.picture} tabIndex={-1} aria-hidden>
        {video.thumbnail_path ? <img src={video.thumbnail_path} alt="" loading="lazy" /> : <IconMovie size={20} />}
      </Link>
      <div className={classes.words}>
        <Text component={Link} to={`/videos/${video.video_id}`} className={classes.name} title={video.name}>
          {video.name}
        </Text>
        <Text className={classes.facts} title={failed?.error ?? undefined} data-failed={failed !== undefined}>
          {failed ? (failed.error ?? `${failed.label} failed.`) : getFacts(video)}
        </Text>
      </div>
      <StageStrip stages={stages} />
      <Group gap={4} wrap="nowrap" justify="flex-end">
        <PipelineActions video={video} />
      </Group>
    </div>
  );
}

/** Pixels; rows are all of one height, so that the list can hold thousands and never jumps. */
const ROW_HEIGHT = 84;

const NOTHING: Readonly<Record<Filter, string>> = {
  all: 'No videos.',
  running: 'Nothing is running.',
  missing: 'Every video has been processed.',
  failed: 'Nothing has failed.',
  done: 'No videos are done yet.',
};

/** One row per video. Only the rows in view are rendered. */
export function PipelineList({ videos, filter }: { videos: readonly VideoListItem[]; filter: Filter }) {
  const list = useRef<HTMLUListElement>(null);
  const virtualizer = useWindowVirtualizer({
    count: videos.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    getItemKey: (index) => videos[index]?.video_id ?? index,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  useScrollRestoration(
    videos.map(({ video_id }) => video_id),
    list,
    ROW_HEIGHT,
  );
  if (videos.length === 0) {
    return (
      <Text c="var(--studio-quiet)" size="sm" py="xl" ta="center">
        {NOTHING[filter]}
      </Text>
    );
  }
  return (
    <ul
      ref={list}
      className={classes.list}
      style={{ height: virtualizer.getTotalSize() }}
      aria-label="Videos and their pipelines"
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const video = videos[index];
        if (!video) return null;
        const top = start - virtualizer.options.scrollMargin;
        return (
          <li
            key={key}
            className={classes.item}
            style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
            aria-label={video.name}
            aria-setsize={videos.length}
            aria-posinset={index + 1}
          >
            <PipelineRow video={video} />
          </li>
        );
      })}
    </ul>
  );
}
