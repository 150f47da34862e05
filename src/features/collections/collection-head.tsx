import { Button, Group, Text } from '@mantine/core';
import { IconMap2, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Collection } from '#api/contracts/collections.ts';
import { plural } from '#lib/format.ts';
import { CollectionMenu } from '#shared/collections/collection-menu.tsx';
import { useUpdateCollection } from '#shared/collections/collection-queries.ts';
import { NameError } from '#shared/collections/name-error.tsx';
import { InlineText } from '#ui/inline-text.tsx';
import classes from './collection.module.css';

interface CollectionHeadProps {
  readonly collection: Collection;
  readonly actions: ReactNode;
  onGone(): void;
}

/** A collection's name and description, edited where they stand, and what can be done with it as a whole. */
export function CollectionHead({ collection, actions, onGone }: CollectionHeadProps) {
  const { collection_id: id, name, description, video_count: count } = collection;
  const { mutate, error, variables, reset } = useUpdateCollection();
  const refused = error && variables?.change.name !== undefined ? variables.change.name : null;
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <InlineText
          value={name}
          label="Name of the collection"
          placeholder="Name"
          error={refused !== null && <NameError name={refused} error={error} />}
          onSave={(text) => (text === '' ? reset() : mutate({ id, change: { name: text } }))}
        />
        <InlineText
          value={description ?? ''}
          label="Description of the collection"
          placeholder="Add a description"
          multiline
          onSave={(text) => mutate({ id, change: { description: text } })}
        />
        <Text size="xs" c="var(--studio-quiet)">
          {plural(count, 'video')}
        </Text>
      </div>
      <Group gap="xs">
        {count > 0 && (
          <>
            <Button
              component={Link}
              to={`/search?collection=${id}`}
              variant="default"
              leftSection={<IconSearch size={16} />}
            >
              Search
            </Button>
            <Button
              component={Link}
              to={`/map?collection=${id}`}
              variant="default"
              leftSection={<IconMap2 size={16} />}
            >
              Map
            </Button>
          </>
        )}
        {actions}
        <CollectionMenu collection={collection} onGone={onGone} />
      </Group>
    </header>
  );
}
