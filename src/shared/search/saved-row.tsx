import { ActionIcon, Badge, Text, Tooltip } from '@mantine/core';
import { IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { InlineText } from '#ui/inline-text.tsx';
import classes from './saved-row.module.css';

interface SavedRowProps {
  readonly name: string;
  readonly newCount: number;
  /** Said under the pointer. */
  readonly hint: string;
  /** Why it was not renamed. */
  readonly error: string | null;
  onOpen(): void;
  onRename(name: string): void;
  onDelete(): void;
}

/** Something that was saved under a name: it is opened, renamed where it stands, and deleted; with how much is new. */
export function SavedRow({ name, newCount, hint, error, onOpen, onRename, onDelete }: SavedRowProps) {
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming)
    return (
      <li className={classes.row}>
        <IconBookmark size={15} stroke={1.6} className={classes.renamed} aria-hidden />
        <InlineText
          value={name}
          label={`Name of “${name}”`}
          placeholder="Name"
          small
          isEditing
          onLeave={() => setRenaming(false)}
          onSave={(next) => {
            if (next !== '') onRename(next);
          }}
        />
      </li>
    );
  return (
    <li className={classes.row}>
      <button type="button" onClick={onOpen} title={hint}>
        <IconBookmark size={15} stroke={1.6} aria-hidden />
        <span>{name}</span>
        {newCount > 0 && (
          <Badge size="sm" variant="light" ml="auto" tt="none">
            {newCount.toLocaleString('en')} new
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
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Delete “${name}”`} onClick={onDelete}>
          <IconTrash size={14} />
        </ActionIcon>
      </Tooltip>
      {error !== null && (
        <Text size="xs" c="var(--studio-bad)" role="alert" className={classes.error}>
          {error}
        </Text>
      )}
    </li>
  );
}

/** What was saved, under a title. */
export function SavedList({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Text size="xs" c="var(--studio-quiet)" mb={4}>
        {title}
      </Text>
      <ul className={classes.list}>{children}</ul>
    </section>
  );
}
