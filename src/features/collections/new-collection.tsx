import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateCollection } from '#shared/collections/collection-queries.ts';
import { NameError } from '#shared/collections/name-error.tsx';
import classes from './collections.module.css';

/** Makes a collection where it will stand. */
export function NewCollection({ onDone }: { onDone(): void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const navigate = useNavigate();
  const { mutate, isPending, error, reset } = useCreateCollection();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const collection = { name: name.trim(), description: description.trim() || undefined };
    mutate(collection, {
      onSuccess: ({ collection_id }) => {
        onDone();
        void navigate(`/collections/${collection_id}`);
      },
    });
  };
  return (
    <li className={classes.card}>
      <form onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
        <Stack gap="xs" p={12}>
          <TextInput
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              reset();
            }}
            placeholder="Name"
            aria-label="Name of the new collection"
            maxLength={255}
            error={error && <NameError name={name.trim()} error={error} />}
            autoFocus
          />
          <Textarea
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            placeholder="Description"
            aria-label="Description of the new collection"
            autosize
            minRows={2}
            maxRows={5}
          />
          <Group gap="xs" justify="flex-end">
            <Button variant="subtle" color="gray" size="xs" onClick={onDone}>
              Cancel
            </Button>
            <Button type="submit" size="xs" loading={isPending} disabled={name.trim() === ''}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </li>
  );
}
