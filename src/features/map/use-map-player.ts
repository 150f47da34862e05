import type { PlaylistItem } from '#engines/player/player-controller.ts';
import { player } from '#shared/player/studio-player.ts';
import { usePlayerSource } from '#shared/player/use-play-segment.ts';
import { getVideo, type MapPoints } from './map-points.ts';

/** Plays segments of the map: one from its second on, or several in order. */
export function useMapPlayer(points: MapPoints, getName: (videoId: string) => string) {
  const getSource = usePlayerSource();
  const segmentAt = (index: number): PlaylistItem[] => {
    const segment = points.segments[index];
    const hlsUrl = getVideo(points, segment?.videoId)?.hlsUrl;
    if (!segment || !hlsUrl || !getSource) return [];
    const { videoId, start, end } = segment;
    return [{ source: getSource({ videoId, title: getName(videoId), hlsUrl }), start, end }];
  };
  return {
    play: (index: number) => {
      for (const { source, start } of segmentAt(index)) player.open(source, start, true);
    },
    playInOrder: (indices: readonly number[]) => player.playInOrder(indices.flatMap(segmentAt)),
  };
}
