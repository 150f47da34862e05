import type { PlaylistItem } from '#engines/player/player-controller.ts';
import { player } from '#shared/player/studio-player.ts';
import { usePlayerSource } from '#shared/player/use-play-segment.ts';
import { type MapPoints, videoOf } from './map-points.ts';

/** Plays moments of the map: one from its second on, or several in order. */
export function useMapPlayer(points: MapPoints, nameOf: (videoId: string) => string) {
  const sourceOf = usePlayerSource();
  const momentAt = (index: number): PlaylistItem[] => {
    const moment = points.moments[index];
    const hlsUrl = videoOf(points, moment?.videoId)?.hlsUrl;
    if (!moment || !hlsUrl || !sourceOf) return [];
    const { videoId, start, end } = moment;
    return [{ source: sourceOf({ videoId, title: nameOf(videoId), hlsUrl }), start, end }];
  };
  return {
    play: (index: number) => {
      for (const { source, start } of momentAt(index)) player.open(source, start, true);
    },
    playInOrder: (indices: readonly number[]) => player.playInOrder(indices.flatMap(momentAt)),
  };
}
