import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { SavedSearch } from '#api/contracts/requests.ts';
import { type SavedSearchItem, savedSearchesSchema } from '#api/contracts/saved-searches.ts';
import { fetchLocal, queryClient, sendLocal } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { savedSearchKey, usePendingDeletions } from '#shared/undo/pending-deletions-store.ts';
import { getLibraryChanges } from '#shared/videos/library-changes.ts';

const toPath = (id: string) => `/local/searches/${encodeURIComponent(id)}`;

/** The saved searches, newest first, with their new hits, which cost nothing. The embedded platform alone has them. */
const savedSearchesQuery = queryOptions({
  queryKey: keys.savedSearches,
  queryFn: async ({ signal }) =>
    savedSearchesSchema.parse(await (await fetchLocal('/local/searches', { signal })).json()),
});

let isFetchedWithLibrary = false;

/** Has them fetched again when videos become searchable, from the first call on. */
function fetchWithLibrary(): void {
  if (isFetchedWithLibrary) return;
  isFetchedWithLibrary = true;
  getLibraryChanges().subscribe(() => void queryClient.invalidateQueries({ queryKey: keys.savedSearches }));
}

/** The same without those that are being deleted; fetched again when videos become searchable. */
export function useSavedSearches() {
  const { data: studio } = useQuery(studioQuery);
  const { data, ...query } = useQuery({ ...savedSearchesQuery, enabled: studio?.platform === 'embedded' });
  const hidden = usePendingDeletions((state) => state.keys);
  useEffect(fetchWithLibrary, []);
  const searches = useMemo(
    () => data?.filter(({ saved_search_id: id }) => !hidden.has(savedSearchKey(id))) ?? [],
    [data, hidden],
  );
  return { ...query, searches };
}

const useChange = <Input>(mutationFn: (input: Input) => Promise<unknown>) => {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: keys.savedSearches }) });
};

export const useSaveSearch = () =>
  useChange((saved: { name: string; search: SavedSearch }) => sendLocal('/local/searches', 'POST', saved));

export const useRenameSavedSearch = () =>
  useChange(({ id, name }: { id: string; name: string }) => sendLocal(toPath(id), 'PATCH', { name }));

/** Also sent when the page is being left. */
export const useDeleteSavedSearch = () =>
  useChange((id: string) => fetchLocal(toPath(id), { method: 'DELETE', keepalive: true }));

/** Says that a search was opened: nothing of it is new from now on. */
export function useMarkSeen() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sendLocal(toPath(id), 'PATCH', { is_seen: true }),
    onMutate: (id) =>
      client.setQueryData<SavedSearchItem[]>(keys.savedSearches, (known) =>
        known?.map((item) => (item.saved_search_id === id ? { ...item, new_hits: 0 } : item)),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.savedSearches }),
  });
}
