import { Button } from '@mantine/core';
import { useDocumentVisibility } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { createId } from '#lib/create-id.ts';
import { plural } from '#lib/format.ts';
import { allVideosQuery } from '#shared/videos/video-lookup.ts';
import { recentVideosQuery } from '#shared/videos/video-queries.ts';
import { createFinishTracker, type Finished, useFinishedVideos } from './finished-videos.ts';
import { getProcessingState } from './stages.ts';

function notify(finished: readonly Finished[], go: (to: string) => void): void {
  const [first] = finished;
  if (!first) return;
  const failed = finished.filter(({ ended }) => ended === 'failed').length;
  const title =
    finished.length === 1
      ? `${first.name} ${first.ended === 'done' ? 'is ready' : 'could not be processed'}`
      : `${plural(finished.length, 'video')} finished${failed > 0 ? `, ${failed} of them failed` : ''}`;
  const to = finished.length === 1 && first.ended === 'done' ? `/videos/${first.videoId}` : '/pipelines';
  const id = createId();
  const open = () => {
    notifications.hide(id);
    go(to);
  };
  notifications.show({
    id,
    color: failed > 0 ? 'red' : 'teal',
    title,
    // Not a link: notifications stand outside the router.
    message: (
      <Button size="compact-xs" variant="subtle" onClick={open}>
        {to === '/pipelines' ? 'Show the pipelines' : 'Open it'}
      </Button>
    ),
  });
}

/** Says when a video has come to the end of its way, on whatever page, and counts for the browser tab's title. */
export function ProcessingNotifier() {
  const [watch] = useState(createFinishTracker);
  const navigate = useNavigate();
  const { data: recent } = useQuery(recentVideosQuery);
  // Only looked at where the Pipelines page has it fetched: it may hold thousands.
  const all = useQueryClient().getQueryData(allVideosQuery.queryKey);
  const visible = useDocumentVisibility() === 'visible';
  const count = useFinishedVideos((state) => state.count);
  const seen = useFinishedVideos((state) => state.seen);

  useEffect(() => {
    // One look a video: the two lists are not of the same moment.
    const videos = new Map([...(all ?? []), ...(recent ?? [])].map((video) => [video.video_id, video]));
    const finished = watch(
      [...videos.values()].map((video) => ({
        videoId: video.video_id,
        name: video.name,
        processingState: getProcessingState(video),
      })),
    );
    notify(finished, (to) => void navigate(to));
    if (document.hidden) count(finished.length);
  }, [recent, all, watch, count, navigate]);

  useEffect(() => {
    if (visible) seen();
  }, [visible, seen]);

  return null;
}
