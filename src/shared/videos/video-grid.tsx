import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { useMarquee } from './use-marquee.ts';
import type { SelectionControls } from './use-selection.ts';
import { VideoTile } from './video-tile.tsx';
import classes from './videos.module.css';

interface GridKeys {
  readonly controls: SelectionControls;
  readonly columns: number;
  /** Brings an item into view, so that it is on the page and can take the focus. */
  reveal(id: string): void;
  onOpen(id: string): void;
  onDelete?(): void;
}

/** A ticked checkbox keeps the focus, but takes no keys beside space. */
const isInField = (target: EventTarget) =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');

/** How far an arrow or paging key goes, in items; null for other keys. */
function getStep(key: string, columns: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * 4,
    PageUp: -columns * 4,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return steps[key] ?? null;
}

/** The keyboard of a grid or table of videos: arrows, shift, space, ctrl/cmd-A, Enter, Delete, Escape. */
export function useGridKeys(
  container: RefObject<HTMLElement | null>,
  { controls, columns, reveal, onOpen, onDelete }: GridKeys,
) {
  const wanted = useRef<string | null>(null);

  // The item may have to be drawn first, so the focus follows after the page has been.
  useEffect(() => {
    if (wanted.current === null) return;
    const cell = container.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(wanted.current)}"]`);
    if (!cell) return;
    cell.focus({ preventScroll: true });
    wanted.current = null;
  });

  const onFocus = (event: FocusEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.id : undefined;
    if (id !== undefined) controls.focusOn(id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isInField(event.target)) return;
    const { focus } = controls.selection;
    const onCell = event.target instanceof HTMLElement && event.target.dataset.id !== undefined;
    const step = getStep(event.key, columns);
    if (step !== null) {
      event.preventDefault();
      const id = controls.move(step, event.shiftKey);
      if (id === null) return;
      wanted.current = id;
      reveal(id);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      controls.all();
    } else if (event.key === ' ' && onCell && focus) {
      event.preventDefault();
      controls.press(focus, { toggle: true, range: event.shiftKey });
    } else if (event.key === 'Enter' && onCell && focus) {
      onOpen(focus);
    } else if (event.key === 'Delete' && controls.chosen.length > 0) {
      onDelete?.();
    } else if (event.key === 'Escape') {
      controls.clear();
    }
  };
  return { onFocus, onKeyDown };
}

/** The order of a list of videos, where it can be changed. */
export type VideoSort = 'created_at' | 'name' | 'duration' | 'recorded_at';

export interface VideoOrder {
  readonly by: VideoSort;
  /** True when the platform can sort by duration and recording date. */
  readonly canSortByMetadata: boolean;
  readonly order: 'asc' | 'desc';
  onSort(by: VideoSort): void;
}

export interface VideoSetProps {
  readonly videos: readonly VideoListItem[];
  readonly controls: SelectionControls;
  /** How many there are in all, where that is known; else how many are here. */
  readonly total?: number;
  readonly sort?: VideoOrder;
  renderMenu(video: VideoListItem, isTabStop: boolean): ReactNode;
  /** Called when the end of what is here comes into view. */
  onNearEnd(): void;
  onDelete?(): void;
}

/** Pixels. */
const TILE_WIDTH = 220;
/** From this width of the grid on, tiles become larger rather than more. */
const WIDE_GRID = 1_500;
const WIDE_TILE_WIDTH = 300;
const GAP = 16;
/** Name and status below the picture, and the space to the next row. */
const WORDS_HEIGHT = 78;
/** Of which this is space to the next row. */
const ROW_SPACE = 20;

/** Videos as a grid of pictures; only the rows in view are on the page. */
export function VideoGrid({ videos, controls, total, renderMenu, onNearEnd, onDelete }: VideoSetProps) {
  const navigate = useNavigate();
  const container = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const minWidth = width >= WIDE_GRID ? WIDE_TILE_WIDTH : TILE_WIDTH;
  const columns = Math.max(width < 480 ? 2 : 1, Math.floor((width + GAP) / (minWidth + GAP)));
  const tileWidth = (width - GAP * (columns - 1)) / columns;
  const rowHeight = Math.round((tileWidth * 9) / 16) + WORDS_HEIGHT;
  const rows = Math.ceil(videos.length / columns);
  const virtualizer = useWindowVirtualizer({
    count: width > 0 ? rows : 0,
    estimateSize: () => rowHeight,
    overscan: 2,
    scrollMargin: container.current?.offsetTop ?? 0,
  });
  // Rows are as high as the window is wide: what was measured before a resize is not true any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what makes the measures old
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const lastRow = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (lastRow >= rows - 2) onNearEnd();
  }, [lastRow, rows, onNearEnd]);

  const keyboard = useGridKeys(container, {
    controls,
    columns,
    reveal: (id) =>
      virtualizer.scrollToIndex(Math.floor(videos.findIndex((video) => video.video_id === id) / columns), {
        align: 'auto',
      }),
    onOpen: (id) => void navigate(`/videos/${id}`),
    onDelete,
  });
  const { box, onPointerDown } = useMarquee(container, {
    layout: { columns, tileWidth, tileHeight: rowHeight - ROW_SPACE, rowHeight, gap: GAP },
    ids: videos.map(({ video_id }) => video_id),
    controls,
  });
  const tabStop = controls.selection.focus ?? videos[0]?.video_id;

  return (
    <div
      ref={useMergedRef(container, sizeRef)}
      role="grid"
      className={classes.set}
      style={{ height: virtualizer.getTotalSize() }}
      aria-label="Videos"
      aria-multiselectable
      aria-rowcount={Math.ceil((total ?? videos.length) / columns)}
      aria-colcount={columns}
      onPointerDown={onPointerDown}
      {...keyboard}
    >
      {box && (
        <div
          className={classes.marquee}
          style={{ left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top }}
        />
      )}
      {items.map(({ index, start }) => (
        <div
          key={index}
          role="row"
          aria-rowindex={index + 1}
          className={classes.gridRow}
          style={{
            transform: `translateY(${start - virtualizer.options.scrollMargin}px)`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {videos.slice(index * columns, (index + 1) * columns).map((video) => (
            <VideoTile
              key={video.video_id}
              video={video}
              controls={controls}
              isTabStop={video.video_id === tabStop}
              menu={renderMenu(video, video.video_id === tabStop)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
