import { Button, Menu, ScrollArea, TextInput } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { useAddVideos } from '#shared/videos/use-add-videos.tsx';
import { allCollectionsQuery } from './collection-queries.ts';

/** Puts videos into a collection that is there, or into a new one of the name that is typed. */
export function AddToCollection({ videos }: { videos: readonly VideoListItem[] }) {
  const [name, setName] = useState('');
  const { data: collections = [] } = useQuery(allCollectionsQuery);
  const { addTo, addToNew } = useAddVideos();
  const wanted = name.trim();
  const fitting = collections.filter((collection) => collection.name.toLowerCase().includes(wanted.toLowerCase()));
  const isKnown = fitting.some((collection) => collection.name === wanted);
  const ids = videos.map(({ video_id }) => video_id);
  return (
    <Menu position="top" width={260} onClose={() => setName('')}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconStack2 size={15} />}>
          Add to collection
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
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
        {fitting.length === 0 && wanted === '' && <Menu.Label>Type a name to make the first one</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
