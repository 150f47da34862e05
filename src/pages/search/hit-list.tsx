import { Skeleton, Stack, Text } from '@mantine/core';
import type { SearchHit } from '#api/schemas/search.ts';
import { usePlayMoment } from '#components/player/use-play-moment.ts';
import { MomentRow } from '#components/video/moment-row.tsx';
import { textOf } from '#components/video/text-of.ts';
import { parseTimecode } from '#lib/time.ts';
import { usePlayer } from '#stores/player.ts';

const SKELETONS = ['one', 'two', 'three', 'four', 'five'];

export interface HitListProps {
  readonly hits: readonly SearchHit[] | undefined;
  readonly isPending: boolean;
  nameOf(videoId: string): string;
}

/** Moves the focus along the rows with the arrow keys. */
function walk(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  event.preventDefault();
}

/** Ranked moments; pressing one plays it from its start. */
export function HitList({ hits, isPending, nameOf }: HitListProps) {
  const playMoment = usePlayMoment();
  const openVideo = usePlayer((state) => state.source?.videoId);
  const time = usePlayer((state) => state.time);
  if (isPending) {
    return (
      <Stack gap="xs" aria-busy>
        {SKELETONS.map((key) => (
          <Skeleton key={key} height={72} radius="md" />
        ))}
      </Stack>
    );
  }
  if (!hits) return null;
  if (hits.length === 0) {
    return (
      <Text c="var(--studio-quiet)" size="sm">
        No matching moments found. Try other words, or look at more videos.
      </Text>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are buttons; arrows only move between them
    <div onKeyDown={walk} data-testid="hits">
      {hits.map((hit) => {
        const [start, end] = [parseTimecode(hit.start), parseTimecode(hit.end)];
        const title = nameOf(hit.video_id);
        const hlsUrl = hit.hls_playlist_url;
        return (
          <MomentRow
            key={`${hit.video_id}-${hit.start}`}
            thumbnail={hit.thumbnail_url}
            start={start}
            end={end}
            heading={title}
            text={textOf(hit)}
            aside={typeof hit.score === 'number' ? <span title="Similarity">{hit.score.toFixed(2)}</span> : null}
            current={openVideo === hit.video_id && time >= start && time < end}
            onPlay={() => hlsUrl && playMoment?.({ videoId: hit.video_id, title, hlsUrl, time: start, play: true })}
          />
        );
      })}
    </div>
  );
}
