import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { usePlayMoment } from '#shared/player/use-play-segment.ts';
import { usePlayer } from '#shared/player/use-player.ts';
import { segmentsQuery } from '#shared/segments/segment-queries.ts';
import { MomentRow } from '#shared/segments/segment-row.tsx';
import { useVideoLookup } from '#shared/videos/use-video-lookup.ts';
import classes from './embeddings-page.module.css';

export interface NearMoment {
  /** The video's. */
  readonly id: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly cosine: number;
}

interface MomentHitsProps {
  readonly moments: readonly NearMoment[];
  readonly label: string;
}

/** Segments with their pictures and how near each is; pressed, they play. */
export function MomentHits({ moments, label }: MomentHitsProps) {
  const { data: studio } = useQuery(studioQuery);
  const named = useMemo(() => [...new Set(moments.map(({ id }) => id))], [moments]);
  const { videoOf, nameOf, isPending } = useVideoLookup(named);
  const ids = named.filter((id) => videoOf(id));
  const seen = useQueries({
    queries: ids.map((id) => ({ ...segmentsQuery(id, studio?.platform ?? 'embedded'), enabled: studio !== undefined })),
  });
  const playMoment = usePlayMoment();
  const current = usePlayer(({ source, time }) =>
    moments.findIndex(({ id, start, end }) => id === source?.videoId && time >= start && time < end),
  );
  return (
    <ul className={classes.nearest} aria-label={label}>
      {moments.map((moment, index) => {
        const { id, cosine } = moment;
        // A database may hold whole seconds; the segment that it means knows its exact times.
        const segment = seen[ids.indexOf(id)]?.data?.segments.find(
          (known) => Math.floor(known.start) === Math.floor(moment.start),
        );
        const { start, end } = segment ?? moment;
        const video = videoOf(id);
        if (!video && isPending) return null;
        if (!video) {
          return (
            <li key={`${id} ${start}`} className={classes.gone}>
              A moment of a video that is not in this library ({cosine.toFixed(3)}).
            </li>
          );
        }
        const hlsUrl = video.hls_playlist_path;
        const title = nameOf(id);
        return (
          <li key={`${id} ${start}`}>
            <MomentRow
              thumbnail={segment?.thumbnail ?? video.thumbnail_path}
              video={video}
              start={start}
              end={end}
              heading={title}
              text={segment?.text ?? null}
              aside={<span title="Cosine">{cosine.toFixed(3)}</span>}
              current={index === current}
              onPlay={() => hlsUrl && playMoment?.({ videoId: id, title, hlsUrl, time: start, play: true })}
            />
          </li>
        );
      })}
    </ul>
  );
}
