import { Text } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/schemas/videos.ts';
import { formatClock } from '#lib/time.ts';
import classes from './video.module.css';
import { VideoStatus } from './video-status.tsx';

function durationOf(video: VideoListItem): number | null {
  return typeof video.duration === 'number' ? video.duration : null;
}

/** A video as a thumbnail with its name; `actions` stands at the right of the name. */
export function VideoCard({ video, actions }: { video: VideoListItem; actions?: ReactNode }) {
  const duration = durationOf(video);
  return (
    <article className={classes.card}>
      <Link to={`/videos/${video.video_id}`} className={classes.picture} aria-label={`Open ${video.name}`}>
        {video.thumbnail_path ? (
          <img src={video.thumbnail_path} alt="" loading="lazy" />
        ) : (
          <IconMovie size={28} stroke={1.2} />
        )}
        {duration !== null && <span className={classes.duration}>{formatClock(duration)}</span>}
      </Link>
      <div className={classes.line}>
        <div className={classes.words}>
          <Text component={Link} to={`/videos/${video.video_id}`} className={classes.name} title={video.name}>
            {video.name}
          </Text>
          <VideoStatus video={video} />
        </div>
        {actions}
      </div>
    </article>
  );
}
