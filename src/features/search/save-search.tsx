import type { SavedSearch } from '#api/contracts/requests.ts';
import { SavePopover } from '#shared/search/save-popover.tsx';
import { useSaveSearch } from '#shared/search/saved-search-queries.ts';

/** Saves the search of the page under a name. */
export function SaveSearchButton({ search, suggestion }: { search: SavedSearch; suggestion: string }) {
  const { mutate: save, isPending, error } = useSaveSearch();
  return (
    <SavePopover
      label="Save search"
      suggestion={suggestion}
      isPending={isPending}
      error={error}
      onSave={(name, onSuccess) => save({ name, search }, { onSuccess })}
    />
  );
}
