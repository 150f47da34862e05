import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { formatClock } from '#lib/time.ts';
import { dragSource } from '#shared/videos/drag-source.ts';
import type { SelectionControls } from '#shared/videos/use-selection.ts';
import { useGridKeys, type VideoOrder, type VideoSetProps } from '#shared/videos/video-grid.tsx';
import { choosePress, getSummary } from '#shared/videos/video-tile.tsx';
import classes from '#shared/videos/videos.module.css';

/** Pixels. */
const ROW_HEIGHT = 52;
const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function Cells({
  video,
  controls,
  isTabStop,
}: {
  video: VideoListItem;
  controls: SelectionControls;
  isTabStop: boolean;
}) {
  const { video_id: id, name } = video;
  const { text, tone } = getSummary(video);
  return (
    <>
      <span role="gridcell">
        <Checkbox
          size="xs"
          tabIndex={isTabStop ? 0 : -1}
          checked={controls.selection.chosen.has(id)}
          aria-label={`Select ${name}`}
          onClick={(event) => controls.press(id, { toggle: true, range: event.shiftKey })}
          readOnly
        />
      </span>
      <span role="gridcell" className={classes.nameCell}>
        {video.thumbnail_path && <img src={video.thumbnail_path} alt="" loading="lazy" draggable={false} />}
        <Link
          to={`/videos/${id}`}
          className={classes.name}
          title={name}
          tabIndex={isTabStop ? 0 : -1}
          draggable={false}
          onClick={(event) => choosePress(event, id, controls)}
        >
          {name}
        </Link>
      </span>
      <span role="gridcell" className={classes.number}>
        {typeof video.duration === 'number' ? formatClock(video.duration) : '–'}
      </span>
      <span role="gridcell" data-tone={tone} className={classes.status}>
        {text}
      </span>
      <span role="gridcell" className={classes.number}>
        {video.recorded_at ? DATE.format(new Date(video.recorded_at)) : '–'}
      </span>
      <span role="gridcell" className={classes.number}>
        {video.created_at ? DATE.format(new Date(video.created_at)) : '–'}
      </span>
    </>
  );
}

interface HeadProps {
  readonly controls: SelectionControls;
  readonly count: number;
  readonly sort: VideoOrder | undefined;
}

/** The names of the columns; those that sort are buttons, and the first one selects all. */
function Head({ controls, count, sort }: HeadProps) {
  const toSortable = (by: VideoOrder['by'], title: string, isEnabled = true) => {
    const isSorted = sort?.by === by;
    const Arrow = sort?.order === 'asc' ? IconArrowUp : IconArrowDown;
    return (
      <span
        role="columnheader"
        aria-sort={isSorted ? (sort.order === 'asc' ? 'ascending' : 'descending') : 'none'}
        data-column={by}
      >
        {sort && isEnabled ? (
          <button type="button" className={classes.sort} onClick={() => sort.onSort(by)}>
            {title}
            {isSorted && <Arrow size={13} aria-hidden />}
          </button>
        ) : (
          title
        )}
      </span>
    );
  };
  const chosen = controls.chosen.length;
  return (
    <div role="row" className={classes.tableHead}>
      <span role="columnheader" aria-label="Select">
        <Checkbox
          size="xs"
          checked={chosen > 0 && chosen === count}
          indeterminate={chosen > 0 && chosen < count}
          aria-label="Select all"
          onChange={() => (chosen === count ? controls.clear() : controls.all())}
        />
      </span>
      {toSortable('name', 'Name')}
      {toSortable('duration', 'Duration', sort?.canSortByMetadata)}
      <span role="columnheader">Status</span>
      {toSortable('recorded_at', 'Recorded', sort?.canSortByMetadata)}
      {toSortable('created_at', 'Date added')}
      <span role="columnheader" aria-label="Actions" />
    </div>
  );
}

/** Videos as a table; only the rows in view are on the page. */
export function VideoTable({ videos, controls, total, sort, renderMenu, onNearEnd, onDelete }: VideoSetProps) {
  const navigate = useNavigate();
  const container = useRef<HTMLDivElement>(null);
  const virtualizer = useWindowVirtualizer({
    count: videos.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: container.current?.offsetTop ?? 0,
  });
  const items = virtualizer.getVirtualItems();
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (last >= videos.length - 8) onNearEnd();
  }, [last, videos.length, onNearEnd]);
  const keyboard = useGridKeys(container, {
    controls,
    columns: 1,
    reveal: (id) =>
      virtualizer.scrollToIndex(
        videos.findIndex((video) => video.video_id === id),
        { align: 'auto' },
      ),
    onOpen: (id) => void navigate(`/videos/${id}`),
    onDelete,
  });
  const tabStop = controls.selection.focus ?? videos[0]?.video_id;

  return (
    <div
      role="grid"
      aria-label="Videos"
      aria-multiselectable
      aria-rowcount={(total ?? videos.length) + 1}
      {...keyboard}
    >
      <Head controls={controls} count={videos.length} sort={sort} />
      <div ref={container} className={classes.set} style={{ height: virtualizer.getTotalSize() }} role="rowgroup">
        {items.map(({ index, start }) => {
          const video = videos[index];
          if (!video) return null;
          const id = video.video_id;
          const isTabStop = id === tabStop;
          return (
            <div
              key={id}
              role="row"
              className={classes.tableRow}
              data-id={id}
              tabIndex={isTabStop ? 0 : -1}
              aria-rowindex={index + 2}
              aria-selected={controls.selection.chosen.has(id)}
              aria-label={video.name}
              style={{ height: ROW_HEIGHT, transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
              {...dragSource(id, controls)}
            >
              <Cells video={video} controls={controls} isTabStop={isTabStop} />
              <span role="gridcell">{renderMenu(video, isTabStop)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
