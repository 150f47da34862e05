import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { playbackUrl } from '#api/workflows/playback.ts';
import { isBuffered } from '#engines/player/buffered.ts';
import { PlayerController, type PlayerSource, type PlayerState } from '#engines/player/player-controller.ts';
import { PlayerEngine } from '#engines/player/player-engine.ts';
import { Shuttle } from '#engines/player/shuttle.ts';
import { prefetchStream } from '#engines/player/video-stream.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';

export const player = new PlayerController((listener) => new PlayerEngine(listener));

/** Plays it forwards and backwards at several speeds. */
export const shuttle = new Shuttle(player.engine);

type Preferences = Pick<ReturnType<typeof usePreferences.getState>, 'volume' | 'muted' | 'speed'>;

/** Applies the preferences that have changed. The others are left alone: the shuttle has a playback rate of its own. */
function applyPreferences({ volume, muted, speed }: Preferences, before?: Preferences): void {
  const { video } = player.engine;
  if (volume !== before?.volume) video.volume = volume;
  if (muted !== before?.muted) video.muted = muted;
  if (speed === before?.speed) return;
  video.defaultPlaybackRate = speed;
  video.playbackRate = speed;
}
applyPreferences(usePreferences.getState());
usePreferences.subscribe(applyPreferences);

/** Where the video element waits while no page shows it: in the document, so that it keeps playing. */
const parking = document.createElement('div');
parking.hidden = true;
parking.append(player.engine.video);
document.body.append(parking);

/** Shows the player in an element; the returned function parks it again. */
export function showPlayerIn(element: HTMLElement): () => void {
  element.append(player.engine.video);
  return () => {
    if (player.engine.video.parentElement === element) parking.append(player.engine.video);
  };
}

/** A part of the player's state: a value of it, or one computed that is equal (`Object.is`) while nothing has changed. */
export const usePlayer = <Selected>(select: (state: PlayerState) => Selected): Selected =>
  useSyncExternalStore(player.subscribe, () => select(player.getState()));

/** True where a person has asked the browser to use little data: then nothing is fetched that may not be played. */
function savesData(): boolean {
  const connection = 'connection' in navigator ? navigator.connection : null;
  return (
    typeof connection === 'object' && connection !== null && 'saveData' in connection && connection.saveData === true
  );
}

const MAX_REMEMBERED = 200;
const prefetched = new Set<string>();

/**
 * Fetches what a press is likely to play, for example where the pointer is: the start of the video's stream at a second, or the
 * piece that holds it where the video is open.
 */
export function prefetchStart(source: PlayerSource, time: number): void {
  if (player.getState().source?.videoId === source.videoId) prefetch(time);
  else if (!savesData()) prefetchStream(source.manifestUrl, time);
}

/**
 * Fetches the piece of the open stream that holds a second into the browser's cache, so that a press there finds it at hand.
 * Does nothing when it is at hand already.
 */
export function prefetch(time: number): void {
  if (savesData()) return;
  const { hls, video } = player.engine;
  const level = hls?.levels[Math.max(0, hls.currentLevel)];
  const fragment = level?.details?.fragments.find(({ start, duration }) => time >= start && time < start + duration);
  if (!fragment || prefetched.has(fragment.url) || isBuffered(video, time)) return;
  if (prefetched.size >= MAX_REMEMBERED) prefetched.clear();
  prefetched.add(fragment.url);
  // A piece that could not be fetched ahead is fetched when it is played.
  fetch(fragment.url, { priority: 'low' }).catch(() => prefetched.delete(fragment.url));
}

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
