import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { sentenceOf } from '#api/errors.ts';
import type { VideoDetails } from '#api/schemas/videos.ts';
import { isProcessed, isSearchable } from '#api/status.ts';
import { ChatPanel } from '#components/chat/chat-panel.tsx';
import { EmptyState } from '#components/layout/empty-state.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { QueryError } from '#components/layout/query-error.tsx';
import { useTitle } from '#components/layout/use-title.ts';
import { PlayerView } from '#components/player/player-view.tsx';
import { VideoDrawer } from '#components/videos/video-drawer.tsx';
import { VideoMenu } from '#components/videos/video-menu.tsx';
import { isVideoUnavailable } from '#queries/video-lookup.ts';
import { videoQuery } from '#queries/videos.ts';
import { usePlayer } from '#stores/player.ts';
import { CopyMoment } from './copy-moment.tsx';
import { FindPanel } from './find-panel.tsx';
import { MarksPanel } from './marks-panel.tsx';
import { ProcessPrompt } from './process-prompt.tsx';
import { SegmentList } from './segment-list.tsx';
import { SourceWarnings } from './source-warnings.tsx';
import { useHits } from './use-hits.ts';
import { useOpenVideo } from './use-open-video.ts';
import { useVideoSegments } from './use-video-segments.ts';
import { VideoTimeline } from './video-timeline.tsx';
import { Workspace } from './workspace.tsx';

/** One video: player, timeline, segments, search within, marks, chat. */
export function VideoPage() {
  const { videoId = '' } = useParams();
  const { data: video, error, refetch } = useQuery(videoQuery(videoId));
  useTitle(video?.name ?? 'Video');
  useOpenVideo(video);
  if (isVideoUnavailable(error)) {
    return (
      <EmptyState title="This video is not here" text={sentenceOf(error)}>
        <Button component={Link} to="/library">
          Go to the library
        </Button>
      </EmptyState>
    );
  }
  if (error) return <QueryError what="This video could not be opened" error={error} onRetry={() => void refetch()} />;
  if (!video) return <Skeleton height="60vh" radius="md" />;
  return <OpenVideo key={videoId} video={video} />;
}

const play = (seconds: number) => usePlayer.getState().seek(seconds, true);

function OpenVideo({ video }: { video: VideoDetails }) {
  const videoId = video.video_id;
  const { segments, color, isPending } = useVideoSegments(video);
  const found = useHits(videoId);
  const [canSearch, canAsk] = [isSearchable(video), isProcessed(video)];
  return (
    <>
      <PageHeader title={video.name}>
        <VideoMenu video={video} isTabStop />
      </PageHeader>
      <Workspace
        stage={
          <PlayerView
            empty={video.hls_playlist_path ? 'Opening …' : 'This video can be played as soon as it is prepared.'}
            marks={null}
          >
            <CopyMoment videoId={videoId} />
          </PlayerView>
        }
        timeline={<VideoTimeline video={video} segments={segments} color={color} hits={found.hits} />}
        notice={
          <>
            <SourceWarnings video={video} />
            {!(canSearch && canAsk) && <ProcessPrompt video={video} />}
          </>
        }
        panels={
          canSearch
            ? {
                segments: <SegmentList segments={segments} isPending={isPending} onPlay={play} />,
                find: <FindPanel found={found} onPlay={play} videoId={videoId} />,
                marks: <MarksPanel videoId={videoId} title={video.name} />,
              }
            : { marks: <MarksPanel videoId={videoId} title={video.name} /> }
        }
        chat={canAsk ? <ChatPanel videoId={videoId} videoTitle={video.name} onSeek={play} /> : null}
      />
      <VideoDrawer />
    </>
  );
}
