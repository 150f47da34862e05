import { Badge, Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { NotFoundError } from '#api/errors.ts';
import { ChatPanel } from '#components/chat/chat-panel.tsx';
import { EmptyState } from '#components/layout/empty-state.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { QueryError } from '#components/layout/query-error.tsx';
import { useTitle } from '#components/layout/use-title.ts';
import { PlayerView } from '#components/player/player-view.tsx';
import { isSearchable } from '#components/video/video-status.tsx';
import { videoQuery } from '#queries/videos.ts';
import { usePlayer } from '#stores/player.ts';
import { ProcessPrompt } from './process-prompt.tsx';
import { SegmentList } from './segment-list.tsx';
import { useOpenVideo } from './use-open-video.ts';
import { useSegments } from './use-segments.ts';
import classes from './video-page.module.css';

/** One video: player, segments, chat. */
export function VideoPage() {
  const { videoId = '' } = useParams();
  const { data: video, error, refetch } = useQuery(videoQuery(videoId));
  const { segments } = useSegments(video);
  const seek = usePlayer((state) => state.seek);
  useTitle(video?.name ?? 'Video');
  useOpenVideo(video);

  if (error instanceof NotFoundError) {
    return (
      <EmptyState title="This video is not here" text={error.message}>
        <Button component={Link} to="/library">
          Go to the library
        </Button>
      </EmptyState>
    );
  }
  if (error) return <QueryError what="This video could not be opened" error={error} onRetry={() => void refetch()} />;
  if (!video) return <Skeleton height="60vh" radius="md" />;
  const ready = isSearchable(video);
  return (
    <>
      <PageHeader title={video.name}>
        {ready && (
          <Badge variant="light" color="teal" tt="none">
            Ready
          </Badge>
        )}
      </PageHeader>
      <div className={classes.workspace}>
        <div className={classes.main}>
          <PlayerView
            empty={video.hls_playlist_path ? 'Opening …' : 'This video can be played as soon as it is prepared.'}
            marks={segments.slice(1).map(({ start }) => start)}
          />
          {!ready && <ProcessPrompt video={video} />}
          <SegmentList segments={segments} onPlay={(start) => seek(start, true)} />
        </div>
        {ready && <ChatPanel videoId={videoId} onSeek={(seconds) => seek(seconds, true)} />}
      </div>
    </>
  );
}
