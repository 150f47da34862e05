import { usePlayerSource } from '#components/player/use-play-moment.ts';
import { type PlayerMoment, usePlayer } from '#stores/player.ts';
import { type MapPoints, videoOf } from './map-points.ts';

/** Plays moments of the map: one from its second on, or several in order. */
export function useMapPlayer(points: MapPoints, nameOf: (videoId: string) => string) {
  const sourceOf = usePlayerSource();
  const momentAt = (index: number): PlayerMoment[] => {
    const moment = points.moments[index];
    const hlsUrl = videoOf(points, moment?.videoId)?.hlsUrl;
    if (!moment || !hlsUrl || !sourceOf) return [];
    const { videoId, start, end } = moment;
    return [{ source: sourceOf({ videoId, title: nameOf(videoId), hlsUrl }), start, end }];
  };
  return {
    play: (index: number) => {
      for (const { source, start } of momentAt(index)) usePlayer.getState().open(source, start, true);
    },
    playInOrder: (indices: readonly number[]) => usePlayer.getState().playInOrder(indices.flatMap(momentAt)),
  };
}
