import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { isProcessed, isSearchable } from '#api/status.ts';
import { PlayerView } from '#shared/player/player-view.tsx';
import { player } from '#shared/player/studio-player.ts';
import { useTitle } from '#shared/processing/use-title.ts';
import { VideoDrawer } from '#shared/videos/video-drawer.tsx';
import { isVideoUnavailable } from '#shared/videos/video-lookup-query.ts';
import { VideoMenu } from '#shared/videos/video-menu.tsx';
import { videoQuery } from '#shared/videos/video-queries.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { ChatPanel } from './chat/chat-panel.tsx';
import { CopyLink } from './copy-link.tsx';
import { MarkersPanel } from './markers/markers-panel.tsx';
import { ProcessPrompt } from './process-prompt.tsx';
import { SearchPanel } from './search-panel.tsx';
import { SegmentList } from './segment-list.tsx';
import { SourceWarnings } from './source-warnings.tsx';
import { VideoTimeline } from './timeline/video-timeline.tsx';
import { useHits } from './use-hits.ts';
import { useOpenVideo } from './use-open-video.ts';
import { useVideoSegments } from './use-video-segments.ts';
import { Workspace } from './workspace.tsx';

/** One video: player, timeline, segments, search within, marks, chat. */
export function VideoPage() {
  const { videoId = '' } = useParams();
  const { data: video, error, refetch } = useQuery(videoQuery(videoId));
  useTitle(video?.name ?? 'Video');
  useOpenVideo(video);
  if (isVideoUnavailable(error)) {
    return (
      <EmptyState title="Video not found" text={getErrorMessage(error)}>
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

const play = (seconds: number) => player.seek(seconds, true);

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
            <CopyLink videoId={videoId} />
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
                find: <SearchPanel found={found} onPlay={play} videoId={videoId} />,
                marks: <MarkersPanel videoId={videoId} title={video.name} />,
              }
            : { marks: <MarkersPanel videoId={videoId} title={video.name} /> }
        }
        chat={canAsk ? <ChatPanel videoId={videoId} videoTitle={video.name} onSeek={play} /> : null}
      />
      <VideoDrawer />
    </>
  );
}
