import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { SearchHit } from '#api/contracts/search.ts';
import { readSegmentTimes } from '#api/segment-times.ts';
import { getText } from '#lib/get-text.ts';
import { usePlaySegment } from '#shared/player/use-play-segment.ts';
import { usePlayer } from '#shared/player/use-player.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import type { Scrubbable } from '#shared/videos/scrub-picture.tsx';
import classes from './search-page.module.css';

interface HitRowProps {
  readonly hit: SearchHit;
  /** The video's name; null under a heading that says it. */
  readonly title: string | null;
  readonly name: string;
  readonly video: Scrubbable | undefined;
  readonly query: string;
}

/** One hit: pressed, it plays from its start; its arrow opens the video's own page with all hits on the timeline. */
export function HitRow({ hit, title, name, video, query }: HitRowProps) {
  const playSegment = usePlaySegment();
  const { start, end } = readSegmentTimes(hit);
  const current = usePlayer(({ source, time }) => source?.videoId === hit.video_id && time >= start && time < end);
  const hlsUrl = hit.hls_playlist_url;
  const link = new URLSearchParams({ t: String(start), q: query });
  return (
    <div className={classes.hit}>
      <SegmentRow
        thumbnail={hit.thumbnail_url}
        video={video}
        start={start}
        end={end}
        heading={title}
        text={getText(hit)}
        aside={typeof hit.score === 'number' ? <span title="Similarity">{hit.score.toFixed(2)}</span> : null}
        current={current}
        onPlay={() => hlsUrl && playSegment?.({ videoId: hit.video_id, title: name, hlsUrl, time: start, play: true })}
      />
      <Tooltip label="Open the video here">
        <ActionIcon
          component={Link}
          to={`/videos/${hit.video_id}?${link}`}
          variant="subtle"
          color="gray"
          size="sm"
          className={classes.open}
          aria-label={`Open ${name} at this segment`}
        >
          <IconArrowUpRight size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
