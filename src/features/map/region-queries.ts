import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SavedRegion } from '#api/contracts/requests.ts';
import { savedRegionsSchema } from '#api/contracts/saved-searches.ts';
import { selectInside } from '#engines/scatter/select-inside.ts';
import { fetchLocal, sendLocal } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { savedRegionKey, usePendingDeletions } from '#shared/undo/pending-deletions-store.ts';
import { getVideoId, type MapPoints } from './map-points.ts';
import { parseSelection } from './map-url.ts';
import { type Region, toRegion } from './regions.ts';

const toPath = (id: string) => `/local/regions/${encodeURIComponent(id)}`;

const savedRegionsQuery = queryOptions({
  queryKey: keys.savedRegions,
  queryFn: async ({ signal }) =>
    savedRegionsSchema.parse(await (await fetchLocal('/local/regions', { signal })).json()),
});

/**
 * The regions that were saved of the map of a scope, newest first, with the points that are new in each. Another scope has another
 * layout. The embedded platform alone keeps them.
 */
export function useRegions(scope: SearchScope, points: MapPoints): readonly Region[] {
  const { data: studio } = useQuery(studioQuery);
  const { data } = useQuery({ ...savedRegionsQuery, enabled: studio?.platform === 'embedded' });
  const hidden = usePendingDeletions((state) => state.keys);
  return useMemo(
    () =>
      (data ?? [])
        .filter(({ saved_region_id: id }) => !hidden.has(savedRegionKey(id)))
        .flatMap((item) => {
          const shapes = parseSelection(item.region.shapes);
          const region = toRegion(item, scope, shapes);
          if (!region) return [];
          const isNew = new Set(item.new_video_ids);
          const mask = isNew.size > 0 ? selectInside(points.places, shapes) : null;
          let newCount = 0;
          mask?.forEach((value, index) => {
            if (value === 1 && isNew.has(getVideoId(points, index))) newCount += 1;
          });
          return { ...region, newCount };
        }),
    [data, hidden, scope, points],
  );
}

const useChange = <Input>(mutationFn: (input: Input) => Promise<unknown>) => {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: keys.savedRegions }) });
};

export const useSaveRegion = () =>
  useChange((saved: { name: string; region: SavedRegion }) => sendLocal('/local/regions', 'POST', saved));

/** Renames one, or says that it was opened: nothing of it is new from now on. */
export const useUpdateRegion = () =>
  useChange(({ id, ...change }: { id: string; name: string } | { id: string; is_seen: true }) =>
    sendLocal(toPath(id), 'PATCH', change),
  );

/** Also sent when the page is being left. */
export const useDeleteRegion = () =>
  useChange((id: string) => fetchLocal(toPath(id), { method: 'DELETE', keepalive: true }));
