import type { Client } from '../client.ts';
import type { CallOptions } from '../http.ts';
import type { SearchHit, Visualization, VisualizationPoint } from '../schemas/search.ts';

/** Where a hit plays: its auth-gated playlist and its start, as `…/master.m3u8#t=00:00:12`. Null without a playlist. */
export function playableHit(hit: SearchHit): string | null {
  return hit.hls_playlist_url ? `${hit.hls_playlist_url}#t=${hit.start}` : null;
}

/** The same for what a vector database knows of a segment: its video and its start. */
export async function hitToPlayable(
  client: Client,
  videoId: string,
  start: string,
  call?: CallOptions,
): Promise<string | null> {
  const { hls_playlist_path } = await client.videos.get(videoId, call);
  return hls_playlist_path ? `${hls_playlist_path}#t=${start}` : null;
}

/** A map's points by their video, so that each video can be drawn in its colour. */
export function pointsByVideo(map: Visualization): Map<string, VisualizationPoint[]> {
  const grouped = new Map<string, VisualizationPoint[]>();
  for (const point of map.points) grouped.set(point.video_id, [...(grouped.get(point.video_id) ?? []), point]);
  return grouped;
}
