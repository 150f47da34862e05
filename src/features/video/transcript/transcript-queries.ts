import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { VideoText } from '#api/contracts/transcripts.ts';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { fetchLocal, sendLocal } from '#shared/platform/client.ts';
import { withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { player } from '#shared/player/studio-player.ts';
import { addSubtitleFile } from '#shared/videos/subtitle-files.ts';
import { isInMotion } from '#shared/videos/video-queries.ts';
import { fetchVideoText } from '#shared/videos/video-text.ts';
import { showFailure } from '#ui/show-failure.ts';

const toPath = (videoId: string) => `/local/videos/${encodeURIComponent(videoId)}`;

const RECOGNITION_POLL_MS = 2_000;

/** Whether speech recognition waits or runs. */
const isRecognizing = (text: VideoText | undefined): boolean =>
  text?.recognition.status === 'pending' || text?.recognition.status === 'in_progress';

const videoTextQuery = (videoId: string, isProcessing: boolean) =>
  queryOptions({
    // What becomes known by processing is fetched when that ends.
    queryKey: keys.videoTextState(videoId, isProcessing),
    queryFn: ({ signal }) => fetchVideoText(videoId, signal),
    staleTime: 60_000,
    refetchInterval: ({ state }) => withBackoff(isRecognizing(state.data) && RECOGNITION_POLL_MS, state),
    placeholderData: keepPreviousData,
  });

/** What is said and written in a video, on the embedded platform; not asked for elsewhere, nor before the video can be played. */
export function useVideoText(video: VideoDetails) {
  const { data: studio } = useQuery(studioQuery);
  const isKnown = studio?.platform === 'embedded' && Boolean(video.hls_playlist_path);
  return { isKnown, ...useQuery({ ...videoTextQuery(video.video_id, isInMotion(video)), enabled: isKnown }) };
}

/** The URL of a track as a file. */
export const getTranscriptUrl = (videoId: string, trackId: string, format: 'srt' | 'vtt' | 'txt') =>
  `${toPath(videoId)}/tracks/${encodeURIComponent(trackId)}/transcript.${format}`;

/** Changes of a video's words; what is listed and searched has them at once. */
export function useTranscriptChanges(videoId: string) {
  const client = useQueryClient();
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.videoText(videoId) }),
      client.invalidateQueries({ queryKey: keys.segments(videoId) }),
    ]);
  /** Captions are tracks of the stream. */
  const onTracksChanged = () => {
    if (player.getState().source?.videoId === videoId) player.engine.refresh();
    return onSuccess();
  };
  const add = useMutation({
    mutationFn: (file: File) => addSubtitleFile(videoId, file),
    onSuccess: onTracksChanged,
  });
  const edit = useMutation({
    mutationFn: ({ cueId, text }: { cueId: string; text: string }) =>
      sendLocal(`${toPath(videoId)}/cues/${encodeURIComponent(cueId)}`, 'PATCH', { text }),
    onSuccess,
    // Also where its line is not on the page any more.
    onError: showFailure('The line could not be saved'),
  });
  const remove = useMutation({
    mutationFn: (trackId: string) =>
      fetchLocal(`${toPath(videoId)}/tracks/${encodeURIComponent(trackId)}`, { method: 'DELETE' }),
    onSuccess: onTracksChanged,
  });
  const recognize = useMutation({
    mutationFn: () => fetchLocal(`${toPath(videoId)}/transcribe`, { method: 'POST' }),
    onSuccess,
  });
  return { add, edit, remove, recognize };
}
