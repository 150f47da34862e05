import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { VideoEmbeddings } from '#api/schemas/embeddings.ts';
import { usePlayMoment } from '#components/player/use-play-moment.ts';
import { nearestRows } from '#components/vectors/cosine.ts';
import { MomentRow } from '#components/video/moment-row.tsx';
import type { useScope } from '#components/video/use-scope.ts';
import { parseTimecode } from '#lib/time.ts';
import { segmentsQuery } from '#queries/segments.ts';
import { studioQuery } from '#queries/studio.ts';
import { usePlayer } from '#stores/player.ts';
import classes from './embeddings-page.module.css';

const NEAREST = 10;

interface NearestListProps {
  readonly vector: readonly number[];
  readonly fetched: readonly VideoEmbeddings[];
  readonly scope: ReturnType<typeof useScope>;
}

/** The segments whose vectors are nearest to one, with their pictures; pressed, they play. */
export function NearestList({ vector, fetched, scope }: NearestListProps) {
  const nearest = useMemo(() => {
    const segments = fetched.flatMap(({ id, data }) =>
      data.map(({ start, end, embedding }) => ({
        id,
        start: parseTimecode(start ?? '0'),
        end: parseTimecode(end ?? '0'),
        embedding,
      })),
    );
    const rows = Float32Array.from(segments.flatMap(({ embedding }) => embedding));
    return nearestRows({ dimensions: vector.length, rows }, vector, NEAREST).flatMap(({ index, cosine }) => {
      const segment = segments[index];
      return segment ? { ...segment, cosine } : [];
    });
  }, [vector, fetched]);
  const { data: studio } = useQuery(studioQuery);
  const ids = [...new Set(nearest.map(({ id }) => id))];
  const seen = useQueries({
    queries: ids.map((id) => ({ ...segmentsQuery(id, studio?.platform ?? 'embedded'), enabled: studio !== undefined })),
  });
  const playMoment = usePlayMoment();
  const current = usePlayer(({ source, time }) =>
    nearest.findIndex(({ id, start, end }) => id === source?.videoId && time >= start && time < end),
  );
  return (
    <ul className={classes.nearest} aria-label="Nearest moments">
      {nearest.map(({ id, start, end, cosine }, index) => {
        const segment = seen[ids.indexOf(id)]?.data?.segments.find((known) => known.start === start);
        const video = scope.videoOf(id);
        const hlsUrl = video?.hls_playlist_path;
        const title = scope.nameOf(id);
        return (
          <li key={`${id} ${start}`}>
            <MomentRow
              thumbnail={segment?.thumbnail ?? video?.thumbnail_path}
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
