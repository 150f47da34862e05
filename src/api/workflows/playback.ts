import type { Client } from '../client.ts';
import type { SearchHit, Visualization, VisualizationPoint } from '../contracts/search.ts';
import type { CallOptions } from '../http.ts';

/** The URL of a hit's playlist and start, as `…/master.m3u8#t=00:00:12`. It needs the API key. Null without a playlist. */
export function playableHit(hit: SearchHit): string | null {
  return hit.hls_playlist_url ? `${hit.hls_playlist_url}#t=${hit.start}` : null;
}

/** The same for a segment of which a vector database holds the video and the start. Throws `NotFoundError` for a deleted video. */
export async function hitToPlayable(
  client: Client,
  videoId: string,
  start: string,
  call?: CallOptions,
): Promise<string | null> {
  const { hls_playlist_path } = await client.videos.get(videoId, call);
  return hls_playlist_path ? `${hls_playlist_path}#t=${start}` : null;
}

/** A map's points by the id of their video, so that each video can be drawn in its color. */
export function pointsByVideo(map: Visualization): Map<string, VisualizationPoint[]> {
  const grouped = new Map<string, VisualizationPoint[]>();
  for (const point of map.points) {
    const points = grouped.get(point.video_id);
    if (points) points.push(point);
    else grouped.set(point.video_id, [point]);
  }
  return grouped;
}

/**
 * Where the browser fetches HLS from: always its own origin, whose gateway adds the key. URLs below the platform's own
 * (which may have a path) keep what follows it; others (already ours, or not the platform's) stay as they are.
 */
export function playbackUrl(url: string, platformUrl: string | null, pageOrigin: string): string {
  if (platformUrl === null) return url;
  const { href } = new URL(url, pageOrigin);
  return href.startsWith(`${platformUrl}/`) ? `${pageOrigin}${href.slice(platformUrl.length)}` : url;
}
