import { Group, Text } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { formatClock } from '#lib/time.ts';
import { StageStrip } from '#shared/processing/stage-strip.tsx';
import { useStagesOfRow } from '#shared/processing/use-stages.ts';
import { PipelineActions } from './pipeline-actions.tsx';
import classes from './pipelines.module.css';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function getFacts(video: VideoListItem): string {
  const length = typeof video.duration === 'number' ? formatClock(video.duration) : '';
  const added = video.created_at ? DATE.format(new Date(video.created_at)) : '';
  return [length, added].filter(Boolean).join(' · ');
}

/** One video: its picture, its five stages, why it failed where it did, and what can be done. */
export function PipelineRow({ video }: { video: VideoListItem }) {
  const stages = useStagesOfRow(video);
  const failed = stages.find(({ state }) => state === 'failed');
  return (
    <div className={classes.row}>
      <Link to={`/videos/${video.video_id}`} className={classes.picture} tabIndex={-1} aria-hidden>
        {video.thumbnail_path ? <img src={video.thumbnail_path} alt="" loading="lazy" /> : <IconMovie size={20} />}
      </Link>
      <div className={classes.words}>
        <Text component={Link} to={`/videos/${video.video_id}`} className={classes.name} title={video.name}>
          {video.name}
        </Text>
        <Text className={classes.facts} title={failed?.error ?? undefined} data-failed={failed !== undefined}>
          {failed ? (failed.error ?? `${failed.label} failed.`) : getFacts(video)}
        </Text>
      </div>
      <StageStrip stages={stages} />
      <Group gap={4} wrap="nowrap" justify="flex-end">
        <PipelineActions video={video} />
      </Group>
    </div>
  );
}
