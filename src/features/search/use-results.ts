import { useMemo, useState } from 'react';
import type { SearchHit } from '#api/contracts/search.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import type { PlaylistItem } from '#engines/player/player-controller.ts';
import type { TimeRange } from '#lib/time.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { getVerdict, toggleVerdict, useReviews, type Verdict } from '#shared/browser-data/reviews-store.ts';
import { player, prefetchStart, usePlayer, usePlayerSource } from '#shared/player/studio-player.ts';
import { groupHitsByVideo, hasSimilarity, mergeNeighbors, splitByRelevance } from '#shared/search/relevance.ts';
import { isListed, type ReviewFilter } from './verdicts.tsx';

/** How hits are laid out. */
export type Arrangement = 'rank' | 'video' | 'video-time';

/** One row of the list of results. */
export interface Result extends TimeRange {
  readonly id: string;
  readonly hit: SearchHit;
  readonly videoId: string;
  readonly startMs: number;
}

/** Results under one heading; under none (`videoId` is null) where all are in one list. */
export interface ResultGroup {
  readonly videoId: string | null;
  readonly results: readonly Result[];
}

function toResult(hit: SearchHit): Result {
  const times = readSegmentTimes(hit);
  const startMs = Math.round(times.start * 1000);
  return { id: `${hit.video_id} ${startMs}`, hit, videoId: hit.video_id, startMs, ...times };
}

/** Hits as they are laid out. */
export function groupResults(hits: readonly SearchHit[], arrangement: Arrangement): ResultGroup[] {
  if (arrangement === 'rank') return [{ videoId: null, results: hits.map(toResult) }];
  return groupHitsByVideo(hits, arrangement === 'video' ? 'rank' : 'time').map(({ videoId, hits: own }) => ({
    videoId,
    results: own.map(toResult),
  }));
}

const filterGroups = (groups: readonly ResultGroup[], isShown: (result: Result) => boolean): ResultGroup[] =>
  groups.flatMap(({ videoId, results }) => {
    const shown = results.filter(isShown);
    return shown.length > 0 ? [{ videoId, results: shown }] : [];
  });

const list = (groups: readonly ResultGroup[]) => groups.flatMap(({ results }) => results);

/** Whether a hit is listed with a threshold. One that was found by words alone has no similarity that could be too low. */
export const isAbove = (hit: SearchHit, minScore: number | null): boolean =>
  minScore === null || !hasSimilarity(hit) || (hit.score ?? 0) >= minScore;

/** The results of a search as they are listed, and playing them. */
export function useResults(
  hits: readonly SearchHit[] | undefined,
  arrangement: Arrangement,
  filter: ReviewFilter,
  minScore: number | null,
  getName: (videoId: string) => string,
) {
  const [unfoldedHits, setUnfoldedHits] = useState<readonly SearchHit[] | null>(null);
  const isUnfolded = hits !== undefined && unfoldedHits === hits;
  const reviews = useReviews();
  const [lastId, setLastId] = useState<string | null>(null);
  const grouped = useMemo(() => {
    const ranked = splitByRelevance(hits ?? []);
    return {
      strong: groupResults(mergeNeighbors(ranked.strong), arrangement),
      weak: groupResults(mergeNeighbors(ranked.weak), arrangement),
    };
  }, [hits, arrangement]);
  const above = useMemo(() => {
    const isShown = ({ hit }: Result) => isAbove(hit, minScore);
    const [strong, weak] = [filterGroups(grouped.strong, isShown), filterGroups(grouped.weak, isShown)];
    const count = (groups: { strong: ResultGroup[]; weak: ResultGroup[] }) =>
      list(groups.strong).length + list(groups.weak).length;
    return { strong, weak, hiddenCount: count(grouped) - count({ strong, weak }) };
  }, [grouped, minScore]);
  const { strong, weak } = useMemo(() => {
    if (filter === 'all') return above;
    // What plays stays listed after its verdict: the next result is found from its place.
    const isShown = (result: Result) => result.id === lastId || isListed(filter, getVerdict(reviews, result));
    return { strong: filterGroups(above.strong, isShown), weak: filterGroups(above.weak, isShown) };
  }, [above, filter, reviews, lastId]);
  const results = useMemo(() => [...list(strong), ...(isUnfolded ? list(weak) : [])], [strong, weak, isUnfolded]);

  const getSource = usePlayerSource();
  const atEnd = usePreferences((state) => state.resultEnd);
  /** The result that plays: of the list, or the one under the playhead. */
  const playingId = usePlayer(({ source, time, playlist }) => {
    const item = playlist?.items[playlist.index];
    if (item) return item.id ?? null;
    return (
      results.find(({ hit, start, end }) => hit.video_id === source?.videoId && time >= start && time < end)?.id ?? null
    );
  });
  if (playingId !== null && playingId !== lastId) setLastId(playingId);

  const toItems = (listed: readonly Result[]): PlaylistItem[] =>
    listed.flatMap(({ id, hit, start, end }) => {
      const { video_id: videoId, hls_playlist_url: hlsUrl } = hit;
      return getSource && hlsUrl
        ? [{ id, source: getSource({ videoId, title: getName(videoId), hlsUrl }), start, end }]
        : [];
    });

  return {
    strong,
    weak,
    isUnfolded,
    toggleWeak: () => setUnfoldedHits(isUnfolded ? null : (hits ?? null)),
    /** All that are listed, in order. */
    results,
    playingId,
    /** The place of the result that played last; -1 when none of these has. */
    position: results.findIndex(({ id }) => id === lastId),
    /** Plays one result; what happens at its end is a preference. */
    play: (id: string) => {
      const items = toItems(results);
      const index = items.findIndex((item) => item.id === id);
      if (index >= 0) player.playInOrder(items, index, atEnd);
    },
    /** Fetches what playing a result needs first. */
    prefetch: (result: Result) => {
      for (const { source, start } of toItems([result])) prefetchStart(source, start);
    },
    /** The listed result that holds a hit, also a weaker one that is folded away. */
    findResult: (hit: SearchHit): Result | undefined => {
      const { videoId, start, end } = toResult(hit);
      return [...list(strong), ...list(weak)].find(
        (result) => result.videoId === videoId && result.start <= start && result.end >= end,
      );
    },
    getVerdict: (result: Result) => getVerdict(reviews, result),
    toggleVerdict: (id: string, verdict: Verdict) => {
      const result = results.find((listed) => listed.id === id);
      if (result) toggleVerdict(result, verdict);
    },
    /** How many are too little similar to be listed. */
    hiddenCount: above.hiddenCount,
    /** How many are strong. */
    count: list(strong).length,
    canPlayAll: list(strong).some(({ hit }) => hit.hls_playlist_url),
    /** Plays the strong results, one after the other. */
    playAll: () => player.playInOrder(toItems(list(strong))),
  };
}
export type Results = ReturnType<typeof useResults>;
