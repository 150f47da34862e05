import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Citation } from '#api/contracts/chat.ts';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import type { Lane, TimelineItem } from '#engines/timeline/lanes.ts';
import { shownConversation, useConversations } from '#shared/browser-data/conversations-store.ts';
import { getMarkers, useMarkers } from '#shared/browser-data/markers-store.ts';
import { player, prefetch, usePlayer } from '#shared/player/studio-player.ts';
import type { Segment } from '#shared/segments/segment-queries.ts';
import { useShortcuts } from '#ui/shortcuts.ts';
import { InOutBar } from '../markers/in-out-bar.tsx';
import type { Hit } from '../use-video-data.ts';
import { MARKER_KEYS } from '../video-keys.ts';
import { Timeline } from './timeline.tsx';

interface VideoTimelineProps {
  readonly video: VideoDetails;
  readonly segments: readonly Segment[];
  /** The API's color of the video. */
  readonly color: string | null;
  readonly hits: readonly Hit[] | null;
}

/** Colors of what is laid over the segments: data, like the segments' own. */
const COLORS = { segments: 'hsl(217 40% 58%)', hits: '#ffb454', citations: '#5fc9b3', marks: '#d78bd0' } as const;

const toTimelineItem = ({ id, start, end, thumbnail, text }: Omit<Segment, 'details'>) => ({
  id,
  start,
  end,
  thumbnail,
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
    useShallow((state) => (shownConversation(state, videoId)?.turns ?? []).flatMap((turn) => turn.citations)),
  );
  return useMemo(() => citedItems(cited), [cited]);
}

/** The open video's timeline: segments, hits, what chat rests on, marks; in and out points. */
export function VideoTimeline({ video, segments, color, hits }: VideoTimelineProps) {
  const videoId = video.video_id;
  const citations = useCitations(videoId);
  const marks = useMarkers((state) => getMarkers(state, videoId));
  const { setIn, setOut } = useMarkers.getState();
  const loop = usePlayer((state) => state.loop);
  const opened = usePlayer((state) => (state.source?.videoId === videoId ? state.duration : 0));
  const duration = opened || video.duration || 0;
  useShortcuts(MARKER_KEYS);

  const lanes = useMemo(() => {
    const all: Lane[] = [
      { name: 'segments', title: 'Segments', color: color ?? COLORS.segments, items: segments.map(toTimelineItem) },
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
  }, [segments, color, hits, citations, marks.marks]);
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
