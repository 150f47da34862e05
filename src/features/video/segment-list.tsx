import { ActionIcon, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconFilter, IconPhotoSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { SegmentDetails } from '#api/contracts/segments.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import { prefetch, usePlayer } from '#shared/player/studio-player.ts';
import { pictureState } from '#shared/search/picture-query.ts';
import type { Segment } from '#shared/segments/segment-queries.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import classes from './panels.module.css';
import { useFollowPlayhead } from './use-follow-playhead.ts';

/** The basic color words as a screen shows them. */
const SHADES: Readonly<Record<string, string>> = {
  black: '#1c1d20',
  gray: '#85898f',
  white: '#eceef0',
  red: '#c8453c',
  orange: '#db8436',
  yellow: '#dcc04a',
  green: '#5a9a55',
  cyan: '#56aeb5',
  blue: '#4a74bd',
  purple: '#8a63b3',
  pink: '#d383a5',
  brown: '#85634a',
};

/** The colors of a segment, as wide as their share of the picture. */
function Palette({ details }: { details: SegmentDetails }) {
  return (
    <span className={classes.palette} title={details.colors.map(({ name }) => name).join(', ')}>
      {details.colors.map(({ name, share }) => (
        <i key={name} style={{ flexGrow: Math.max(0.02, share), background: SHADES[name] ?? name }} />
      ))}
    </span>
  );
}

const SHOT_LABELS = { close_up: 'close-up', wide: 'wide shot' } as const;
const POSTURE_LABELS = {
  standing: 'standing',
  sitting: 'sitting',
  lying: 'lying down',
  bending: 'bending down',
  raising_hand: 'raising a hand',
} as const;
const INTERACTION_LABELS = { face_to_face: 'face to face' } as const;
const OCCUPANCY_LABELS = { empty: 'nobody', many: 'many people' } as const;

/** What the analysis detected in a segment. */
function SegmentFacts({ details }: { details: SegmentDetails }) {
  const { objects, motion, camera_moves, faces, smiles, time_of_day, postures, shot, occupancy, interaction } = details;
  const smiling = smiles ? (smiles === faces ? ', smiling' : `, ${smiles} smiling`) : '';
  const facts = [
    ...objects.map(({ label, count, moving }) => `${count > 1 ? `${count} × ` : ''}${label}${moving ? ' →' : ''}`),
    ...(postures ?? []).map(({ posture, count }) => `${count > 1 ? `${count} × ` : ''}${POSTURE_LABELS[posture]}`),
    ...(interaction ? [INTERACTION_LABELS[interaction]] : []),
    ...(occupancy ? [OCCUPANCY_LABELS[occupancy]] : []),
    ...(shot ? [SHOT_LABELS[shot]] : []),
    ...(faces > 0 ? [`${faces === 1 ? 'a face' : `${faces} faces`}${smiling}`] : []),
    motion === 'still' ? 'still' : `${motion} motion`,
    ...(camera_moves ? ['camera moves'] : []),
    ...(time_of_day === 'night' ? ['night'] : []),
  ];
  return (
    <span className={classes.facts}>
      {facts.map((fact) => (
        <em key={fact}>{fact}</em>
      ))}
    </span>
  );
}

interface SegmentListProps {
  readonly segments: readonly Segment[];
  readonly isPending: boolean;
  onPlay(start: number): void;
}

const ROW_HEIGHT = 96;
const SKELETONS = ['one', 'two', 'three', 'four', 'five', 'six'];

/** The video's segments with what is seen in each; follows the playhead, and can be narrowed by words for free. */
export function SegmentList({ segments, isPending, onPlay }: SegmentListProps) {
  const [words, setWords] = useState('');
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length === 0) return segments;
    return segments.filter(({ text, details }) => {
      const words = [text, details?.said, ...(details?.written ?? [])].join(' ').toLowerCase();
      return wanted.every((word) => words.includes(word));
    });
  }, [segments, words]);
  const list = useRef<HTMLDivElement>(null);
  const current = usePlayer(({ time }) => shown.findIndex(({ start, end }) => time >= start && time < end));
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });

  const touch = useFollowPlayhead(list, rows, current);

  if (isPending) {
    return (
      <Stack gap="xs" p="xs" aria-busy>
        {SKELETONS.map((key) => (
          <Skeleton key={key} height={ROW_HEIGHT - 12} radius="md" />
        ))}
      </Stack>
    );
  }
  return (
    <div className={classes.list}>
      <TextInput
        className={classes.filter}
        size="xs"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        placeholder="Filter segments"
        aria-label="Filter segments"
        leftSection={<IconFilter size={14} />}
      />
      {shown.length === 0 && (
        <Text className={classes.none}>
          {segments.length === 0 ? 'This video has no segments.' : 'No segments match the filter.'}
        </Text>
      )}
      <div ref={list} className={classes.scroll} onWheel={touch} onPointerDown={touch} data-testid="segments">
        <ul
          className={classes.rows}
          style={{ height: rows.getTotalSize() }}
          aria-label={plural(shown.length, 'segment')}
        >
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const segment = shown[index];
            return (
              segment && (
                <li key={key} style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}>
                  <VideoSegment segment={segment} isCurrent={index === current} onPlay={onPlay} />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** Drawn again only when the playhead comes or goes. */
const VideoSegment = memo(function VideoSegment({
  segment,
  isCurrent,
  onPlay,
}: {
  segment: Segment;
  isCurrent: boolean;
  onPlay(start: number): void;
}) {
  const { start, end, thumbnail, text, details } = segment;
  return (
    <div className={classes.segment}>
      <SegmentRow
        thumbnail={thumbnail}
        start={start}
        end={end}
        text={text}
        current={isCurrent}
        onPlay={() => onPlay(start)}
        onNear={() => prefetch(start)}
        under={details && <Palette details={details} />}
        facts={details && <SegmentFacts details={details} />}
      />
      {details && (
        <ActionIcon
          component={Link}
          to={`/search?like=${encodeURIComponent(segment.id)}`}
          state={pictureState(undefined, thumbnail ? { preview: thumbnail } : {})}
          variant="default"
          size="sm"
          className={classes.like}
          aria-label={`More like the segment at ${formatClock(start)} (1 credit)`}
          title="More like this (1 credit)"
        >
          <IconPhotoSearch size={14} />
        </ActionIcon>
      )}
    </div>
  );
});
