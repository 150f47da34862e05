import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { playbackUrl } from '#lib/playback-url.ts';
import { studioQuery } from '#queries/studio.ts';
import { usePlayer } from '#stores/player.ts';
// The engine listens to the store from the moment it is loaded.
import './studio-player.ts';

export interface Moment {
  readonly videoId: string;
  readonly title: string;
  /** As the API gave it. */
  readonly hlsUrl: string;
  /** Seconds. */
  readonly time: number;
  readonly play: boolean;
}

/** Opens a video at a second in the studio's player; null until the studio knows how to reach its manifests. */
export function usePlayMoment(): ((moment: Moment) => void) | null {
  const { data: studio } = useQuery(studioQuery);
  const open = usePlayer((state) => state.open);
  const platformOrigin = studio?.platform_origin ?? null;
  const playMoment = useCallback(
    ({ videoId, title, hlsUrl, time, play }: Moment) => {
      const manifestUrl = playbackUrl(hlsUrl, platformOrigin, window.location.origin);
      open({ videoId, title, manifestUrl }, time, play);
    },
    [open, platformOrigin],
  );
  return studio ? playMoment : null;
}
