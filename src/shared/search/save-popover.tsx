import { Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmarkPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';

const MAX_NAME_LENGTH = 100;

interface SavePopoverProps {
  /** "Save search". */
  readonly label: string;
  readonly suggestion: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  onSave(name: string, onSuccess: () => void): void;
}

function NameForm({ suggestion, isPending, error, onSave, onClose }: SavePopoverProps & { onClose(): void }) {
  const [name, setName] = useState(suggestion.slice(0, MAX_NAME_LENGTH));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const saved = name.trim();
        onSave(saved, () => {
          onClose();
          notifications.show({ message: `“${saved}” is saved. It counts new matches in later videos.` });
        });
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

/** A button that asks for a name, and saves something under it. */
export function SavePopover(props: SavePopoverProps) {
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
          {props.label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={props.label}>
        <NameForm {...props} onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
