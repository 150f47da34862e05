import { ActionIcon, Anchor, Menu, Text } from '@mantine/core';
import { IconDots, IconMap2, IconSearch, IconTrash, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Collection } from '#api/contracts/collections.ts';
import { ConflictError, getErrorMessage } from '#api/errors.ts';
import { collectionKey } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { confirm } from '#ui/open-dialog.ts';
import { allCollectionsQuery, useDeleteCollection } from './collection-queries.ts';

/** Why a name was refused; a name that is taken leads to the collection that has it. */
export function NameError({ name, error }: { name: string; error: unknown }) {
  const { data: collections } = useQuery(allCollectionsQuery);
  const taken = collections?.find((collection) => collection.name === name);
  if (!(error instanceof ConflictError)) return <>{getErrorMessage(error)}</>;
  return (
    <>
      There is already a collection named “{name}”.{' '}
      {taken && (
        <Anchor component={Link} to={`/collections/${taken.collection_id}`} size="xs">
          Open it
        </Anchor>
      )}
    </>
  );
}

/** Deletes a collection after a confirmation, with a few seconds to undo it. The videos in it stay. */
function useConfirmDelete(collection: Collection, onGone?: () => void): () => void {
  const { mutateAsync } = useDeleteCollection();
  const { collection_id: id, name } = collection;
  return () =>
    void confirm({
      title: `Delete “${name}”?`,
      children: <Text size="sm">Only the collection is deleted; its videos stay in the library.</Text>,
      labels: { confirm: 'Delete the collection', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => {
        onGone?.();
        undoable({
          keys: [collectionKey(id)],
          message: `“${name}” deleted; its videos stay`,
          failure: 'The collection could not be deleted',
          run: () => mutateAsync(id),
        });
      },
    });
}

/** What can be done with a collection. */
export function CollectionMenu({ collection, onGone }: { collection: Collection; onGone?(): void }) {
  const confirmDelete = useConfirmDelete(collection, onGone);
  const { collection_id: id, name, video_count: count } = collection;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Actions for ${name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {count > 0 && (
          <>
            <Menu.Item component={Link} to={`/search?collection=${id}`} leftSection={<IconSearch size={16} />}>
              Search in collection
            </Menu.Item>
            <Menu.Item component={Link} to={`/map?collection=${id}`} leftSection={<IconMap2 size={16} />}>
              Show on the map
            </Menu.Item>
          </>
        )}
        <Menu.Item
          component={Link}
          to={`/upload?collection=${encodeURIComponent(name)}`}
          leftSection={<IconUpload size={16} />}
        >
          Upload to collection
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={confirmDelete}>
          Delete …
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
