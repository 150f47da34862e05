import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { playbackUrl } from '#api/workflows/playback.ts';
import type { PlayerSource } from '#engines/player/player-controller.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { player } from './studio-player.ts';

export interface PlaybackTarget {
  readonly videoId: string;
  readonly title: string;
  /** As the API gave it. */
  readonly hlsUrl: string;
  /** Seconds. */
  readonly time: number;
  readonly play: boolean;
}

/** A video as the player takes it; null until the studio knows how to reach its manifests. */
export function usePlayerSource(): ((video: Omit<PlaybackTarget, 'time' | 'play'>) => PlayerSource) | null {
  const { data: studio } = useQuery(studioQuery);
  const platformUrl = studio?.platform_url ?? null;
  const getSource = useCallback(
    ({ videoId, title, hlsUrl }: Omit<PlaybackTarget, 'time' | 'play'>) => ({
      videoId,
      title,
      manifestUrl: playbackUrl(hlsUrl, platformUrl, window.location.origin),
    }),
    [platformUrl],
  );
  return studio ? getSource : null;
}

/** Opens a video at a second in the studio's player; null until the studio knows how to reach its manifests. */
export function usePlaySegment(): ((segment: PlaybackTarget) => void) | null {
  const getSource = usePlayerSource();
  return useMemo(
    () => getSource && ((segment: PlaybackTarget) => player.open(getSource(segment), segment.time, segment.play)),
    [getSource],
  );
}
