import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { HIDDEN } from '#engines/scatter/scatter-data.ts';
import { formatTimecode } from '#lib/time.ts';
import dots from '#shared/segments/segments.module.css';
import classes from './map-page.module.css';
import { getSegment, type MapPoints } from './map-points.ts';

interface SegmentTableProps {
  readonly points: MapPoints;
  /** HIDDEN for each point that a legend hides. */
  readonly hidden: Uint8Array | null;
  readonly highlighted: readonly number[];
  readonly active: number | null;
  onPick(index: number): void;
  getName(videoId: string): string;
}

const ROW_HEIGHT = 34;
const COLUMNS = [
  ['video', 'Video'],
  ['start', 'Start'],
  ['end', 'End'],
  ['text', 'Description'],
  ['x', 'x'],
  ['y', 'y'],
] as const;
type Column = (typeof COLUMNS)[number][0];

/** For each text its place in alphabetical order, the same for equal ones: comparing numbers is faster than texts. */
function rank(texts: readonly string[]): number[] {
  const { compare } = new Intl.Collator();
  const places = new Map([...new Set(texts)].sort(compare).map((text, place) => [text, place]));
  return texts.map((text) => places.get(text) ?? 0);
}

/** What a column is sorted by, as a number for each point. */
function keyGetter(
  { videos, group, text, texts, starts, ends, places }: MapPoints,
  column: Column,
  getName: SegmentTableProps['getName'],
) {
  const getters: Readonly<Record<Column, () => (index: number) => number>> = {
    video: () => {
      const ranks = rank(videos.map(({ id }) => getName(id)));
      return (index) => ranks[group[index] ?? 0] ?? 0;
    },
    text: () => {
      const ranks = rank(texts.map((words) => words ?? ''));
      return (index) => ranks[text[index] ?? 0] ?? 0;
    },
    start: () => (index) => starts[index] ?? 0,
    end: () => (index) => ends[index] ?? 0,
    x: () => (index) => places.x[index] ?? 0,
    y: () => (index) => places.y[index] ?? 0,
  };
  return getters[column]();
}

/** The same segments as the map's points, as a table: sorted by any column, played by pressing a row. */
export function SegmentTable({ points, hidden, highlighted, active, onPick, getName }: SegmentTableProps) {
  const [sort, setSort] = useState<{ column: Column; descending: boolean }>({ column: 'video', descending: false });
  const list = useRef<HTMLDivElement>(null);
  const highlightedSet = useMemo(() => new Set(highlighted), [highlighted]);
  const order = useMemo(() => {
    const getKey = keyGetter(points, sort.column, getName);
    const compare = (a: number, b: number) => {
      const order = getKey(a) - getKey(b);
      return (sort.descending ? -order : order) || (points.starts[a] ?? 0) - (points.starts[b] ?? 0);
    };
    const shown: number[] = [];
    for (let index = 0; index < points.count; index += 1) if (hidden?.[index] !== HIDDEN) shown.push(index);
    return shown.sort(compare);
  }, [points, hidden, sort, getName]);
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const colors = useMemo(() => new Map(points.videos.map(({ id, color }) => [id, color])), [points.videos]);

  return (
    <div ref={list} className={classes.table}>
      <table aria-label="Segments on the map" aria-rowcount={order.length + 1}>
        <thead>
          <tr className={classes.tableHead}>
            {COLUMNS.map(([column, title]) => (
              <SortHead
                key={column}
                title={title}
                sorted={sort.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                onSort={(descending) => setSort({ column, descending })}
              />
            ))}
          </tr>
        </thead>
        <tbody style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const index = order[row.index] ?? 0;
            const segment = getSegment(points, index);
            return (
              segment && (
                <tr
                  key={row.key}
                  aria-rowindex={row.index + 2}
                  aria-current={index === active}
                  data-highlighted={highlightedSet.has(index)}
                  className={classes.tableRow}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <td>
                    <button type="button" onClick={() => onPick(index)}>
                      <i className={dots.dot} style={{ background: colors.get(segment.videoId) }} />
                      {getName(segment.videoId)}
                    </button>
                  </td>
                  <td>{formatTimecode(segment.start)}</td>
                  <td>{formatTimecode(segment.end)}</td>
                  <td title={segment.text ?? undefined}>{segment.text ?? '–'}</td>
                  <td>{points.places.x[index]?.toFixed(3)}</td>
                  <td>{points.places.y[index]?.toFixed(3)}</td>
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SortHead({
  title,
  sorted,
  onSort,
}: {
  title: string;
  sorted: 'ascending' | 'descending' | 'none';
  onSort(descending: boolean): void;
}) {
  return (
    <th scope="col" aria-sort={sorted}>
      <button type="button" onClick={() => onSort(sorted === 'ascending')}>
        {title}
        {sorted !== 'none' && (sorted === 'descending' ? ' ↓' : ' ↑')}
      </button>
    </th>
  );
}
