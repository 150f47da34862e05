import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { parseTimecode } from '#lib/time.ts';
import { player } from '#shared/player/studio-player.ts';
import { usePlaySegment } from '#shared/player/use-play-segment.ts';

/** Opens the page's video in the player, at the second in the URL (`t`); one that is already open plays on. */
export function useOpenVideo(video: VideoDetails | undefined): void {
  const [parameters] = useSearchParams();
  const at = parameters.get('t');
  const playSegment = usePlaySegment();
  const hlsUrl = video?.hls_playlist_path;
  const videoId = video?.video_id;
  const title = video?.name ?? '';
  useEffect(() => {
    if (!playSegment || !hlsUrl || !videoId) return;
    const alreadyOpen = player.getState().source?.videoId === videoId;
    if (alreadyOpen && at === null) return;
    const seconds = parseTimecode(at ?? '0');
    playSegment({ videoId, title, hlsUrl, time: Number.isFinite(seconds) ? seconds : 0, play: false });
  }, [playSegment, hlsUrl, videoId, title, at]);
}
