import { ActionIcon, Badge, Text, Tooltip } from '@mantine/core';
import { IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { SavedSearchItem } from '#api/contracts/saved-searches.ts';
import { askedState } from '#shared/browser-data/recent-searches-store.ts';
import {
  useDeleteSavedSearch,
  useMarkSeen,
  useRenameSavedSearch,
  useSavedSearches,
} from '#shared/search/saved-search-queries.ts';
import { savedSearchKey } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { InlineText } from '#ui/inline-text.tsx';
import { QueryError } from '#ui/query-error.tsx';
import refinements from './refinements.module.css';
import { toSearchParams } from './saved-search-url.ts';
import classes from './search-page.module.css';

function SavedSearchRow({ saved }: { saved: SavedSearchItem }) {
  const { saved_search_id: id, name, new_hits: newHits } = saved;
  const [isRenaming, setRenaming] = useState(false);
  const navigate = useNavigate();
  const { mutate: markSeen } = useMarkSeen();
  const { mutate: rename, error, variables } = useRenameSavedSearch();
  const { mutateAsync: remove } = useDeleteSavedSearch();
  const open = () => {
    markSeen(id);
    void navigate(`/search?${toSearchParams(saved)}`, { state: askedState() });
  };
  const deleteIt = () =>
    undoable({
      keys: [savedSearchKey(id)],
      message: `Saved search “${name}” deleted`,
      failure: 'The saved search could not be deleted',
      run: () => remove(id),
    });
  if (isRenaming)
    return (
      <li className={classes.recent}>
        <IconBookmark size={15} stroke={1.6} className={refinements.renamed} aria-hidden />
        <InlineText
          value={name}
          label={`Name of the saved search “${name}”`}
          placeholder="Name"
          small
          isEditing
          error={error && variables?.id === id ? error.message : null}
          onLeave={() => setRenaming(false)}
          onSave={(next) => {
            if (next !== '') rename({ id, name: next });
          }}
        />
      </li>
    );
  return (
    <li className={classes.recent}>
      <button type="button" onClick={open} title={`Open “${name}” (1 credit)`}>
        <IconBookmark size={15} stroke={1.6} aria-hidden />
        <span>{name}</span>
        {newHits > 0 && (
          <Badge size="sm" variant="light" ml="auto" tt="none">
            {newHits.toLocaleString('en')} new
          </Badge>
        )}
      </button>
      <Tooltip label="Rename">
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Rename “${name}”`}
          onClick={() => setRenaming(true)}
        >
          <IconPencil size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete">
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Delete “${name}”`} onClick={deleteIt}>
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/** The searches that were saved, each with how many hits are new since it was last opened. */
export function SavedSearches() {
  const { searches, error, refetch } = useSavedSearches();
  if (error)
    return <QueryError what="The saved searches could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (searches.length === 0) return null;
  return (
    <section aria-label="Saved searches">
      <Text size="xs" c="var(--studio-quiet)" mb={4}>
        Saved searches
      </Text>
      <ul className={refinements.saved}>
        {searches.map((saved) => (
          <SavedSearchRow key={saved.saved_search_id} saved={saved} />
        ))}
      </ul>
    </section>
  );
}
