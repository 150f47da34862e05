import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { player, prefetchStart, usePlayer, usePlayerSource } from '#shared/player/studio-player.ts';
import { segmentsQuery } from '#shared/segments/segment-queries.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import { useVideoLookup } from '#shared/videos/video-lookup.ts';
import classes from './embeddings.module.css';

export interface NearSegment {
  /** The video's. */
  readonly id: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly cosine: number;
}

interface SegmentHitsProps {
  readonly segments: readonly NearSegment[];
  readonly label: string;
}

/** Segments with their pictures and how near each is; pressed, they play. */
export function SegmentHits({ segments, label }: SegmentHitsProps) {
  const { data: studio } = useQuery(studioQuery);
  const named = useMemo(() => [...new Set(segments.map(({ id }) => id))], [segments]);
  const { getVideo, getName, isPending } = useVideoLookup(named);
  const ids = named.filter((id) => getVideo(id));
  const seen = useQueries({
    queries: ids.map((id) => ({ ...segmentsQuery(id, studio?.platform ?? 'embedded'), enabled: studio !== undefined })),
  });
  /** A database may hold whole seconds; the segment that it means knows its exact times. */
  const getSegment = ({ id, start }: NearSegment) =>
    seen[ids.indexOf(id)]?.data?.segments.find((known) => Math.floor(known.start) === Math.floor(start));
  const getSource = usePlayerSource();
  const current = usePlayer(({ source, time }) =>
    segments.findIndex((near) => {
      const { start, end } = getSegment(near) ?? near;
      return near.id === source?.videoId && time >= start && time < end;
    }),
  );
  return (
    <ul className={classes.nearest} aria-label={label}>
      {segments.map((near, index) => {
        const { id, cosine } = near;
        const segment = getSegment(near);
        const { start, end } = segment ?? near;
        const video = getVideo(id);
        if (!video && isPending) return null;
        if (!video) {
          return (
            <li key={`${id} ${near.start}`} className={classes.gone}>
              A segment of a video that is not in this library ({cosine.toFixed(3)}).
            </li>
          );
        }
        const hlsUrl = video.hls_playlist_path;
        const title = getName(id);
        const source = (hlsUrl && getSource?.({ videoId: id, title, hlsUrl })) || null;
        return (
          <li key={`${id} ${near.start}`}>
            <SegmentRow
              thumbnail={segment?.thumbnail ?? video.thumbnail_path}
              video={video}
              start={start}
              end={end}
              heading={title}
              text={segment?.text ?? null}
              aside={<span title="Cosine">{cosine.toFixed(3)}</span>}
              current={index === current}
              onPlay={() => source && player.open(source, start, true)}
              onNear={() => source && prefetchStart(source, start)}
            />
          </li>
        );
      })}
    </ul>
  );
}
