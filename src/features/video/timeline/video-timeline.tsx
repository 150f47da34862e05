import { Text } from '@mantine/core';
import {
  IconBookmarkPlus,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconRepeat,
  IconX,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Citation } from '#api/contracts/chat.ts';
import type { Cue, OnScreenText, VideoText } from '#api/contracts/transcripts.ts';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import type { Lane, TimelineItem } from '#engines/timeline/lanes.ts';
import { formatTimecode } from '#lib/time.ts';
import { getShownConversation, useConversations } from '#shared/browser-data/conversations-store.ts';
import { getMarkers, markerActions, useMarkers } from '#shared/browser-data/markers-store.ts';
import { player, prefetch, usePlayer } from '#shared/player/studio-player.ts';
import type { Segment } from '#shared/segments/segment-queries.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { useShortcuts } from '#ui/shortcuts.ts';
import classes from '../panels.module.css';
import type { Hit } from '../use-video-data.ts';
import { addMarker, clearInOut, MARKER_KEYS, setIn, setOut, toggleLoop } from '../video-keys.ts';
import { Timeline } from './timeline.tsx';

/** In and out points: set, seen, repeated, kept. */
function InOutBar({ videoId }: { videoId: string }) {
  const marks = useMarkers((state) => getMarkers(state, videoId));
  const looping = usePlayer((state) => state.loop !== null);
  return (
    <div className={classes.range}>
      <IconAction label="Set the in point" hint="I" size="sm" onClick={setIn}>
        <IconBracketsContainStart size={17} />
      </IconAction>
      <IconAction label="Set the out point" hint="O" size="sm" onClick={setOut}>
        <IconBracketsContainEnd size={17} />
      </IconAction>
      <IconAction label="Loop in/out" hint="R" size="sm" pressed={looping} onClick={toggleLoop}>
        <IconRepeat size={16} />
      </IconAction>
      <IconAction label="Add marker" hint="M" size="sm" onClick={addMarker}>
        <IconBookmarkPlus size={16} />
      </IconAction>
      {(marks.in !== null || marks.out !== null) && (
        <>
          <Text className={classes.points} data-testid="in-out">
            {marks.in === null ? '…' : formatTimecode(marks.in)} –{' '}
            {marks.out === null ? '…' : formatTimecode(marks.out)}
          </Text>
          <IconAction label="Clear in/out" hint="X" size="sm" onClick={clearInOut}>
            <IconX size={14} />
          </IconAction>
        </>
      )}
    </div>
  );
}

interface VideoTimelineProps {
  readonly video: VideoDetails;
  readonly segments: readonly Segment[];
  /** The API's color of the video. */
  readonly color: string | null;
  readonly hits: readonly Hit[] | null;
  /** What is said and written; undefined where it is not known. */
  readonly words: VideoText | undefined;
}

/** Colors of what is laid over the segments: data, like the segments' own. */
const COLORS = {
  segments: 'hsl(217 40% 58%)',
  said: '#8fb8de',
  written: '#c9b458',
  hits: '#ffb454',
  citations: '#5fc9b3',
  marks: '#d78bd0',
} as const;

const toTimelineItem = ({ id, start, end, thumbnail, text }: Omit<Segment, 'details'>) => ({
  id,
  start,
  end,
  thumbnail,
  label: text,
});
const toWordsItem = ({ cue_id, start_ms, end_ms, text }: Cue | OnScreenText): TimelineItem => ({
  id: cue_id,
  start: start_ms / 1000,
  end: end_ms / 1000,
  thumbnail: null,
  label: text,
});
const byStart = (a: { start: number }, b: { start: number }) => a.start - b.start;

/** The segments that the shown conversation rests on, each once. */
function citedItems(citations: readonly Citation[]) {
  const unique = new Map(citations.map((citation) => [citation.segment_id, citation]));
  return [...unique.values()]
    .map((citation) => ({
      id: citation.segment_id,
      ...readSegmentTimes(citation),
      label: citation.text ?? null,
      thumbnail: citation.thumbnail_url ?? null,
    }))
    .sort(byStart);
}

/** What the shown conversation rests on; the same list for as long as it is, whatever else is said. */
function useCitations(videoId: string): TimelineItem[] {
  const cited = useConversations(
    useShallow((state) => (getShownConversation(state, videoId)?.turns ?? []).flatMap((turn) => turn.citations)),
  );
  return useMemo(() => citedItems(cited), [cited]);
}

/** The open video's timeline: segments, what is said and written, hits, what chat rests on, marks; in and out points. */
export function VideoTimeline({ video, segments, color, hits, words }: VideoTimelineProps) {
  const videoId = video.video_id;
  const citations = useCitations(videoId);
  const marks = useMarkers((state) => getMarkers(state, videoId));
  const { setIn, setOut } = markerActions;
  const loop = usePlayer((state) => state.loop);
  const opened = usePlayer((state) => (state.source?.videoId === videoId ? state.duration : 0));
  const duration = opened || video.duration || 0;
  useShortcuts(MARKER_KEYS);

  const lanes = useMemo(() => {
    const all: Lane[] = [
      { name: 'segments', title: 'Segments', color: color ?? COLORS.segments, items: segments.map(toTimelineItem) },
      { name: 'said', title: 'Said', color: COLORS.said, items: (words?.tracks[0]?.cues ?? []).map(toWordsItem) },
      {
        name: 'written',
        title: 'On screen',
        color: COLORS.written,
        items: (words?.on_screen ?? []).map(toWordsItem),
      },
      { name: 'hits', title: 'Hits', color: COLORS.hits, items: (hits ?? []).map(toTimelineItem).sort(byStart) },
      { name: 'citations', title: 'Cited', color: COLORS.citations, items: citations },
      {
        name: 'marks',
        title: 'Markers',
        color: COLORS.marks,
        items: marks.marks.map(({ id, start, end, note }) => ({
          id,
          start,
          end,
          label: note || 'Marker',
          thumbnail: null,
        })),
      },
    ];
    return all.filter(({ name, items }) => name === 'segments' || items.length > 0);
  }, [segments, color, words, hits, citations, marks.marks]);
  const data = useMemo(
    () => ({ duration, lanes, in: marks.in, out: marks.out, looping: loop !== null }),
    [duration, lanes, marks.in, marks.out, loop],
  );
  const stops = useMemo(() => segments.map(({ start }) => start), [segments]);
  const { scrub_path: strip, scrub_frames: frames } = video;

  return (
    <Timeline
      data={data}
      stops={stops}
      strip={strip && frames ? { url: strip, frames } : null}
      onSeek={(time) => player.seek(time)}
      onRest={prefetch}
      onPick={(lane, item) =>
        lane.name === 'marks' && item.end > item.start ? player.playRange(item) : player.seek(item.start, true)
      }
      onInOut={(points) => {
        if (points.in !== undefined) setIn(videoId, points.in);
        if (points.out !== undefined) setOut(videoId, points.out);
      }}
    >
      <InOutBar videoId={videoId} />
    </Timeline>
  );
}
