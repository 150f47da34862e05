import { Text } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import type { Filter } from './filter.ts';
import { PipelineRow } from './pipeline-row.tsx';
import classes from './pipelines.module.css';
import { useScrollRestoration } from './use-scroll-restoration.ts';

/** Pixels; rows are all of one height, so that the list can hold thousands and never jumps. */
const ROW_HEIGHT = 84;

const NOTHING: Readonly<Record<Filter, string>> = {
  all: 'No videos.',
  running: 'Nothing is running.',
  missing: 'Every video has been processed.',
  failed: 'Nothing has failed.',
  done: 'No video has come through yet.',
};

/** One glanceable row a video; only those in view are on the page. */
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
