import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readVideosParameter, toVideosParameter, useVideoSets } from '#shared/browser-data/video-sets-store.ts';
import { hasSearchableQuery, useVideoLookup } from '#shared/videos/video-lookup.ts';
import { textParameter, toChange, type UrlParameter, useUrlParameter, useUrlState } from '#ui/url-state.ts';
import { ALL_VIDEOS, type SearchScope } from './scope.ts';

/** Ids of videos with commas between, or a stored set of many (`toVideosParameter`). */
export const VIDEOS = textParameter('in');
export const COLLECTIONS: UrlParameter<readonly string[]> = {
  name: 'collection',
  parse: (text) => text?.split(',').filter(Boolean) ?? [],
  format: (ids) => ids.join(',') || null,
};
const NONE: readonly string[] = [];

/**
 * What the page looks at, kept in the URL: videos and collections, which together mean their union; without them, all videos.
 */
export function useScope() {
  const { change } = useUrlState();
  const [askedVideos] = useUrlParameter(VIDEOS);
  const [collectionIds] = useUrlParameter(COLLECTIONS);
  const sets = useVideoSets((state) => state.sets);
  const { videoIds, isSet } = useMemo(() => readVideosParameter(askedVideos, sets), [askedVideos, sets]);
  const lookup = useVideoLookup(isSet ? NONE : videoIds);
  const { missing } = lookup;
  const chosen = useMemo(() => videoIds.filter((id) => !missing.includes(id)), [videoIds, missing]);
  const isAll = !askedVideos && collectionIds.length === 0;
  const scope = useMemo(
    (): SearchScope => (isAll ? ALL_VIDEOS : { videoIds: chosen, collectionIds }),
    [isAll, chosen, collectionIds],
  );
  const searchable = useQuery({ ...hasSearchableQuery, enabled: isAll });
  const isPending = isAll ? searchable.isPending : lookup.isPending;

  const choose = (wanted: { videos: readonly string[]; collections: readonly string[] }) =>
    change([toChange(VIDEOS, toVideosParameter(wanted.videos)), toChange(COLLECTIONS, wanted.collections)]);

  return {
    scope,
    chosen,
    collectionIds,
    /** True when the chosen videos come from a stored set rather than from the URL itself. */
    isSet,
    getName: lookup.getName,
    /** True when there is no searchable video at all. */
    isEmpty: isAll && searchable.data === false,
    /** True when none of the videos that the URL names exists, or their set is stored in another browser. */
    isLost: !isAll && !isPending && chosen.length === 0 && collectionIds.length === 0,
    /** True when the scope is known, and there is something in it. */
    isReady: !isPending && (isAll ? searchable.data !== false : chosen.length + collectionIds.length > 0),
    isPending,
    error: searchable.error,
    refetch: searchable.refetch,
    choose,
  };
}
