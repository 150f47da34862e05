import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { SearchHit } from '#api/contracts/search.ts';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import { isSearchable } from '#api/status.ts';
import { parseTimecode } from '#lib/time.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { player, usePlaySegment } from '#shared/player/studio-player.ts';
import { useFoundHits } from '#shared/search/search-queries.ts';
import { type Segment, segmentsQuery, type VideoSegments } from '#shared/segments/segment-queries.ts';
import { type UrlParameter, useUrlParameter } from '#ui/url-state.ts';

/** Where the video starts, in seconds; null where the URL does not say. */
const START_SECONDS: UrlParameter<number | null> = {
  name: 't',
  parse: (text) => {
    const seconds = text === null ? null : parseTimecode(text);
    return seconds === null || Number.isFinite(seconds) ? seconds : 0;
  },
  format: (seconds) => (seconds === null ? null : String(seconds)),
};

/** Opens the page's video in the player, at the second in the URL; one that is already open plays on. */
export function useOpenVideo(video: VideoDetails | undefined): void {
  const [startSeconds] = useUrlParameter(START_SECONDS);
  const playSegment = usePlaySegment();
  const hlsUrl = video?.hls_playlist_path;
  const videoId = video?.video_id;
  const title = video?.name ?? '';
  const opened = useRef({ videoId: '', startSeconds: -1 as number | null });
  useEffect(() => {
    if (!playSegment || !hlsUrl || !videoId) return;
    // Once for each address: a manifest that has another address now, with more qualities for example, is no reason to go back.
    if (opened.current.videoId === videoId && opened.current.startSeconds === startSeconds) return;
    opened.current = { videoId, startSeconds };
    const alreadyOpen = player.getState().source?.videoId === videoId;
    if (alreadyOpen && startSeconds === null) return;
    playSegment({ videoId, title, hlsUrl, time: startSeconds ?? 0, play: false });
  }, [playSegment, hlsUrl, videoId, title, startSeconds]);
}

const NONE: readonly Segment[] = [];

/** A video's segments and its color, once there are any. */
export function useVideoSegments(video: VideoDetails | undefined): VideoSegments & { isPending: boolean } {
  const { data: studio } = useQuery(studioQuery);
  const enabled = studio !== undefined && video !== undefined && isSearchable(video);
  const { data, isLoading } = useQuery({
    ...segmentsQuery(video?.video_id ?? '', studio?.platform ?? 'embedded'),
    enabled,
  });
  return { segments: data?.segments ?? NONE, color: data?.color ?? null, isPending: isLoading };
}

const TOP_K = 10;

/** A hit in the open video. */
export interface Hit extends Omit<Segment, 'details'> {
  readonly score: number | null;
  readonly found: SearchHit;
}

const toHit = (hit: SearchHit): Hit => ({
  id: `${hit.video_id} ${hit.start}`,
  ...readSegmentTimes(hit),
  thumbnail: hit.thumbnail_url ?? null,
  text: getText(hit),
  score: hit.score ?? null,
  found: hit,
});

/** Hits for a text within one video, best first; null when nobody has looked there for it. */
export function useHits(videoId: string) {
  const scope = useMemo(() => ({ videoIds: [videoId] }), [videoId]);
  const { query, hits: found, isOwn, error, isFetching, search } = useFoundHits(scope, TOP_K);
  const hits = useMemo(() => {
    const own = found.filter((hit) => hit.video_id === videoId);
    return isOwn || own.length > 0 ? own.map(toHit) : null;
  }, [found, isOwn, videoId]);
  return { query, hits, isPending: isFetching, error, run: search, isOwn };
}
