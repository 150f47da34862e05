import { Button, Menu, ScrollArea, TextInput } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { useAddVideos } from '#shared/videos/use-add-videos.tsx';
import { allCollectionsQuery } from './collection-queries.ts';

/** Collections to put videos into, inside a menu: those that are there, or a new one of the name that is typed. */
export function CollectionChoices({ videos }: { videos: readonly VideoListItem[] }) {
  const [name, setName] = useState('');
  const { data: collections = [] } = useQuery(allCollectionsQuery);
  const { addTo, addToNew } = useAddVideos();
  const wanted = name.trim();
  const fitting = collections.filter((collection) => collection.name.toLowerCase().includes(wanted.toLowerCase()));
  const isKnown = fitting.some((collection) => collection.name === wanted);
  const ids = videos.map(({ video_id }) => video_id);
  return (
    <>
      <TextInput
        size="xs"
        m={4}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        placeholder="Find, or name a new one"
        aria-label="Collection"
        data-autofocus
      />
      <ScrollArea.Autosize mah={240}>
        {fitting.map((collection) => (
          <Menu.Item key={collection.collection_id} onClick={() => void addTo(collection, ids)}>
            {collection.name}
          </Menu.Item>
        ))}
      </ScrollArea.Autosize>
      {wanted !== '' && !isKnown && (
        <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => void addToNew(wanted, ids)}>
          New collection “{wanted}”
        </Menu.Item>
      )}
      {fitting.length === 0 && wanted === '' && <Menu.Label>Type a name to create a collection</Menu.Label>}
    </>
  );
}

/** Puts videos into a collection. */
export function AddToCollection({ videos }: { videos: readonly VideoListItem[] }) {
  return (
    <Menu position="top" width={260}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconStack2 size={15} />}>
          Add to collection
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CollectionChoices videos={videos} />
      </Menu.Dropdown>
    </Menu>
  );
}
