import { Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmarkPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedSearch } from '#api/contracts/requests.ts';
import { getErrorMessage } from '#api/errors.ts';
import { useSaveSearch } from '#shared/search/saved-search-queries.ts';

const MAX_NAME_LENGTH = 100;

interface SaveSearchProps {
  readonly search: SavedSearch;
  readonly suggestion: string;
}

function NameForm({ search, suggestion, onClose }: SaveSearchProps & { onClose(): void }) {
  const [name, setName] = useState(suggestion.slice(0, MAX_NAME_LENGTH));
  const { mutate: save, isPending, error } = useSaveSearch();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(
          { name: name.trim(), search },
          {
            onSuccess: () => {
              onClose();
              notifications.show({ message: `“${name.trim()}” is saved. It counts what is new in later videos.` });
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          size="xs"
          maxLength={MAX_NAME_LENGTH}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {error && (
          <Text size="xs" c="var(--studio-bad)" role="alert">
            {getErrorMessage(error)}
          </Text>
        )}
        <Button size="xs" type="submit" disabled={name.trim() === ''} loading={isPending}>
          Save
        </Button>
      </Stack>
    </form>
  );
}

/** Saves the search of the page under a name. */
export function SaveSearchButton({ search, suggestion }: SaveSearchProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} width={280} position="bottom-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconBookmarkPlus size={14} />}
          onClick={() => setOpen(!isOpen)}
        >
          Save search
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save search">
        <NameForm search={search} suggestion={suggestion} onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
