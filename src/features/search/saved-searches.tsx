import { useNavigate } from 'react-router';
import type { SavedSearchItem } from '#api/contracts/saved-searches.ts';
import { getErrorMessage } from '#api/errors.ts';
import { askedState } from '#shared/browser-data/recent-searches-store.ts';
import { SavedList, SavedRow } from '#shared/search/saved-row.tsx';
import {
  useDeleteSavedSearch,
  useMarkSeen,
  useRenameSavedSearch,
  useSavedSearches,
} from '#shared/search/saved-search-queries.ts';
import { savedSearchKey } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { toSearchParams } from './saved-search-url.ts';

function SavedSearchRow({ saved }: { saved: SavedSearchItem }) {
  const { saved_search_id: id, name, new_hits: newHits } = saved;
  const navigate = useNavigate();
  const { mutate: markSeen } = useMarkSeen();
  const { mutate: rename, error } = useRenameSavedSearch();
  const { mutateAsync: remove } = useDeleteSavedSearch();
  return (
    <SavedRow
      name={name}
      newCount={newHits}
      hint={`Open “${name}” (1 credit)`}
      error={error && getErrorMessage(error)}
      onOpen={() => {
        markSeen(id);
        void navigate(`/search?${toSearchParams(saved)}`, { state: askedState() });
      }}
      onRename={(next) => rename({ id, name: next })}
      onDelete={() =>
        undoable({
          keys: [savedSearchKey(id)],
          message: `Saved search “${name}” deleted`,
          failure: 'The saved search could not be deleted',
          run: () => remove(id),
        })
      }
    />
  );
}

/** The searches that were saved, each with how many hits are new since it was last opened. */
export function SavedSearches() {
  const { searches, error, refetch } = useSavedSearches();
  if (error && searches.length === 0)
    return <QueryError what="The saved searches could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (searches.length === 0) return null;
  return (
    <SavedList title="Saved searches">
      {searches.map((saved) => (
        <SavedSearchRow key={saved.saved_search_id} saved={saved} />
      ))}
    </SavedList>
  );
}
