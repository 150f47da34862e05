import { useMemo, useState } from 'react';
import type { SearchHit } from '#api/contracts/search.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import type { PlaylistItem } from '#engines/player/player-controller.ts';
import type { TimeRange } from '#lib/time.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { player, usePlayer, usePlayerSource } from '#shared/player/studio-player.ts';
import { hitsByVideo, mergeNeighbors, rankedHits } from '#shared/search/relevance.ts';

/** How hits are laid out. */
export type Arrangement = 'rank' | 'video' | 'video-time';

/** One row of the list of results. */
export interface Result extends TimeRange {
  readonly id: string;
  readonly hit: SearchHit;
}

/** Results under one heading; under none (`videoId` is null) where all are in one list. */
export interface ResultGroup {
  readonly videoId: string | null;
  readonly results: readonly Result[];
}

const toResult = (hit: SearchHit): Result => ({
  id: `${hit.video_id} ${hit.start_ms ?? hit.start}`,
  hit,
  ...readSegmentTimes(hit),
});

/** Hits as they are laid out. */
export function groupResults(hits: readonly SearchHit[], arrangement: Arrangement): ResultGroup[] {
  if (arrangement === 'rank') return [{ videoId: null, results: hits.map(toResult) }];
  return hitsByVideo(hits, arrangement === 'video' ? 'rank' : 'time').map(({ videoId, hits: own }) => ({
    videoId,
    results: own.map(toResult),
  }));
}

const list = (groups: readonly ResultGroup[]) => groups.flatMap(({ results }) => results);

/** The results of a search as they are listed, and playing them. */
export function useResults(
  hits: readonly SearchHit[] | undefined,
  arrangement: Arrangement,
  getName: (videoId: string) => string,
) {
  const [unfoldedHits, setUnfoldedHits] = useState<readonly SearchHit[] | null>(null);
  const isUnfolded = hits !== undefined && unfoldedHits === hits;
  const { strong, weak } = useMemo(() => {
    const ranked = rankedHits(hits ?? []);
    return {
      strong: groupResults(mergeNeighbors(ranked.strong), arrangement),
      weak: groupResults(mergeNeighbors(ranked.weak), arrangement),
    };
  }, [hits, arrangement]);
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
  const [lastId, setLastId] = useState<string | null>(null);
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
    /** How many are strong. */
    count: list(strong).length,
    canPlayAll: list(strong).some(({ hit }) => hit.hls_playlist_url),
    /** Plays the strong results, one after the other. */
    playAll: () => player.playInOrder(toItems(list(strong))),
  };
}
export type Results = ReturnType<typeof useResults>;
