import { useQuery } from '@tanstack/react-query';
import { getErrorMessage } from '#api/errors.ts';
import type { SelectionShape } from '#engines/scatter/select-inside.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { SavePopover } from '#shared/search/save-popover.tsx';
import { SavedList, SavedRow } from '#shared/search/saved-row.tsx';
import type { SearchScope } from '#shared/search/scope.ts';
import { savedRegionKey } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { useDeleteRegion, useSaveRegion, useUpdateRegion } from './region-queries.ts';
import { type Region, toSavedRegion } from './regions.ts';

/** Saves what is selected as a region of the map; nothing where nothing is selected, or the platform keeps no regions. */
export function SaveRegionButton({ shapes, scope }: { shapes: readonly SelectionShape[]; scope: SearchScope }) {
  const { data: studio } = useQuery(studioQuery);
  const { mutate: save, isPending, error } = useSaveRegion();
  const region = toSavedRegion(shapes, scope);
  if (studio?.platform !== 'embedded' || region === null) return null;
  return (
    <SavePopover
      label="Save region"
      suggestion=""
      isPending={isPending}
      error={error}
      onSave={(name, onSuccess) => save({ name, region }, { onSuccess })}
    />
  );
}

function RegionRow({ region, onSelect }: { region: Region; onSelect(shapes: readonly SelectionShape[]): void }) {
  const { id, name, shapes, newCount } = region;
  const { mutate: markSeen } = useUpdateRegion();
  const { mutate: rename, error } = useUpdateRegion();
  const { mutateAsync: remove } = useDeleteRegion();
  return (
    <SavedRow
      name={name}
      newCount={newCount}
      hint={`Select the segments in “${name}”`}
      error={error && getErrorMessage(error)}
      onOpen={() => {
        markSeen({ id, is_seen: true });
        onSelect(shapes);
      }}
      onRename={(next) => rename({ id, name: next })}
      onDelete={() =>
        undoable({
          keys: [savedRegionKey(id)],
          message: `Region “${name}” deleted`,
          failure: 'The region could not be deleted',
          run: () => remove(id),
        })
      }
    />
  );
}

interface SavedRegionsProps {
  readonly regions: readonly Region[];
  onSelect(shapes: readonly SelectionShape[]): void;
}

/** The regions of this map that were saved, each with how many of its points are new since it was last opened. */
export function SavedRegions({ regions, onSelect }: SavedRegionsProps) {
  if (regions.length === 0) return null;
  return (
    <SavedList title="Saved regions">
      {regions.map((region) => (
        <RegionRow key={region.id} region={region} onSelect={onSelect} />
      ))}
    </SavedList>
  );
}
