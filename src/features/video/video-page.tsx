import { Alert, Button, Group, List, Loader, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLink, IconPhotoSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { isProcessed, isSearchable } from '#api/status.ts';
import { preloadStreamOpener } from '#engines/player/video-stream.ts';
import { PlayerView } from '#shared/player/player-view.tsx';
import { player } from '#shared/player/studio-player.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { captureFrame, pictureState } from '#shared/search/picture-query.ts';
import { VideoDrawer } from '#shared/videos/video-drawer.tsx';
import { isVideoUnavailable } from '#shared/videos/video-lookup.ts';
import { VideoMenu } from '#shared/videos/video-menu.tsx';
import { useProcessVideo, videoQuery } from '#shared/videos/video-queries.ts';
import { getSummary } from '#shared/videos/video-tile.tsx';
import { useCopy } from '#ui/copy.tsx';
import { IconAction } from '#ui/icon-action.tsx';
import { EmptyState, PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { useShortcuts } from '#ui/shortcuts.ts';
import { ChatPanel } from './chat/chat-panel.tsx';
import { MarkersPanel } from './markers/markers-panel.tsx';
import { SearchPanel } from './search-panel.tsx';
import { SegmentList } from './segment-list.tsx';
import { VideoTimeline } from './timeline/video-timeline.tsx';
import { TextBoxes, TextBoxesToggle } from './transcript/text-boxes.tsx';
import { TranscriptPanel } from './transcript/transcript-panel.tsx';
import { useVideoText } from './transcript/transcript-queries.ts';
import { useHits, useOpenVideo, useVideoSegments } from './use-video-data.ts';
import { neighborKeys } from './video-keys.ts';
import { Workspace } from './workspace.tsx';

// While the page asks what there is to play.
preloadStreamOpener();

/** Copies a link that opens this video at the frame that is shown. */
export function CopyLink({ videoId }: { videoId: string }) {
  const { copy, copied } = useCopy();
  const link = () => `${window.location.origin}/videos/${videoId}?t=${player.engine.playhead.toFixed(3)}`;
  return (
    <IconAction label={copied ? 'Copied' : 'Copy a link to this time'} onClick={() => copy(link())}>
      {copied ? <IconCheck size={18} /> : <IconLink size={18} />}
    </IconAction>
  );
}

/** Searches all videos with the frame that is shown. */
function SearchFrame() {
  const navigate = useNavigate();
  const search = () => {
    const picture = captureFrame(player.engine.video);
    if (picture !== null) void navigate('/search', { state: pictureState(undefined, { picture }) });
  };
  return (
    <IconAction label="Search with this frame (1 credit)" onClick={search}>
      <IconPhotoSearch size={18} />
    </IconAction>
  );
}

/** What of the source file could not be read or played. */
export function SourceWarnings({ video }: { video: VideoDetails }) {
  const warnings = video.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title="Not all of this file can be played"
    >
      {warnings.length === 1 ? (
        warnings[0]
      ) : (
        <List size="sm">
          {warnings.map((warning) => (
            <List.Item key={warning}>{warning}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}

/** Says why a video cannot be asked or searched yet, and offers to change that. */
export function ProcessPrompt({ video }: { video: VideoDetails }) {
  const { mutate, isPending, error } = useProcessVideo();
  const { tone, text } = getSummary(video);
  if (tone === 'busy') {
    return (
      <Group gap="sm">
        <Loader size="xs" color="gray" />
        <Text size="sm" c="var(--studio-quiet)">
          {text} … segments and chat appear here when it is done.
        </Text>
      </Group>
    );
  }
  if (!video.hls_playlist_path) {
    return (
      <Alert color="red" variant="light" title="This video could not be prepared">
        The file may be damaged or not a video. Delete it and upload another.
      </Alert>
    );
  }
  return (
    <Alert color={tone === 'failed' ? 'red' : 'gray'} variant="light" title={text}>
      <Group justify="space-between">
        <Text size="sm">Analyze this video to search it, ask it questions and see it on the map.</Text>
        <Button size="xs" loading={isPending} onClick={() => mutate(video.video_id)}>
          Analyze
        </Button>
      </Group>
      {error && (
        <Text size="sm" c="red">
          {getErrorMessage(error)}
        </Text>
      )}
    </Alert>
  );
}

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
  // One that is open stays open: that the platform cannot be reached is said above every page.
  if (!video && error) {
    return <QueryError what="This video could not be opened" error={error} onRetry={() => void refetch()} />;
  }
  if (!video) return <Skeleton height="60vh" radius="md" />;
  return <OpenVideo key={videoId} video={video} />;
}

const play = (seconds: number) => player.seek(seconds, true);

function OpenVideo({ video }: { video: VideoDetails }) {
  const videoId = video.video_id;
  const { segments, color, isPending } = useVideoSegments(video);
  const found = useHits(videoId);
  const starts = useMemo(() => {
    const listed = found.hits?.length ? found.hits : segments;
    return listed.map(({ start }) => start).sort((a, b) => a - b);
  }, [found.hits, segments]);
  useShortcuts(useMemo(() => neighborKeys(starts), [starts]));
  const { isKnown, data: words } = useVideoText(video);
  const transcript = isKnown ? { transcript: <TranscriptPanel video={video} onPlay={play} /> } : {};
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
            overlay={words && <TextBoxes texts={words.on_screen} />}
          >
            <CopyLink videoId={videoId} />
            {isKnown && <SearchFrame />}
            {words && <TextBoxesToggle texts={words.on_screen} />}
          </PlayerView>
        }
        timeline={<VideoTimeline video={video} segments={segments} color={color} hits={found.hits} words={words} />}
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
                ...transcript,
                search: <SearchPanel found={found} onPlay={play} videoId={videoId} />,
                marks: <MarkersPanel videoId={videoId} title={video.name} />,
              }
            : { ...transcript, marks: <MarkersPanel videoId={videoId} title={video.name} /> }
        }
        chat={canAsk ? <ChatPanel videoId={videoId} videoTitle={video.name} onSeek={play} /> : null}
      />
      <VideoDrawer />
    </>
  );
}
