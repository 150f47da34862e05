import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { PlayerSource } from '#engines/player/player-controller.ts';
import { playbackUrl } from '#lib/playback-url.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { player } from './studio-player.ts';

export interface Moment {
  readonly videoId: string;
  readonly title: string;
  /** As the API gave it. */
  readonly hlsUrl: string;
  /** Seconds. */
  readonly time: number;
  readonly play: boolean;
}

/** A video as the player takes it; null until the studio knows how to reach its manifests. */
export function usePlayerSource(): ((video: Omit<Moment, 'time' | 'play'>) => PlayerSource) | null {
  const { data: studio } = useQuery(studioQuery);
  const platformUrl = studio?.platform_url ?? null;
  const sourceOf = useCallback(
    ({ videoId, title, hlsUrl }: Omit<Moment, 'time' | 'play'>) => ({
      videoId,
      title,
      manifestUrl: playbackUrl(hlsUrl, platformUrl, window.location.origin),
    }),
    [platformUrl],
  );
  return studio ? sourceOf : null;
}

/** Opens a video at a second in the studio's player; null until the studio knows how to reach its manifests. */
export function usePlayMoment(): ((moment: Moment) => void) | null {
  const sourceOf = usePlayerSource();
  return useMemo(
    () => sourceOf && ((moment: Moment) => player.open(sourceOf(moment), moment.time, moment.play)),
    [sourceOf],
  );
}
