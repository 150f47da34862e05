import { ActionIcon, Badge, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { estimateUploadCredits } from '#api/resources/uploads.ts';
import { formatBytes, plural } from '#lib/format.ts';
import type { UploadItem } from '#shared/uploads/upload-item.ts';
import { moveInQueue, useUploads } from '#shared/uploads/uploads-store.ts';
import { ContentTypeMenu } from './content-type-menu.tsx';
import classes from './upload.module.css';

interface StagedRowProps {
  readonly item: UploadItem;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A file that waits to be started: what it will be called, what it costs, and its place. */
export function StagedRow({ item, isFirst, isLast }: StagedRowProps) {
  const change = useUploads((state) => state.change);
  const remove = useUploads((state) => state.remove);
  const { id, filename, name, bytes, collection } = item;
  return (
    <li className={classes.staged} aria-label={filename}>
      <TextInput
        variant="unstyled"
        size="sm"
        className={classes.nameField}
        aria-label={`Name of ${filename}`}
        value={name}
        maxLength={255}
        onChange={(event) => change(id, { name: event.currentTarget.value })}
        onBlur={() => {
          if (name.trim() === '') change(id, { name: filename });
        }}
      />
      {collection !== null && (
        <Badge
          variant="default"
          radius="sm"
          tt="none"
          fw={500}
          rightSection={
            <ActionIcon
              size={14}
              variant="transparent"
              color="gray"
              aria-label={`Do not add ${filename} to ${collection}`}
              onClick={() => change(id, { collection: null })}
            >
              <IconX size={12} />
            </ActionIcon>
          }
        >
          {collection}
        </Badge>
      )}
      <ContentTypeMenu item={item} />
      <Text className={classes.size}>
        {formatBytes(bytes)} · {plural(estimateUploadCredits(bytes), 'credit')}
      </Text>
      <Group gap={2} wrap="nowrap">
        <Tooltip label="Move up">
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={isFirst}
            aria-label={`Move ${filename} up`}
            onClick={() => moveInQueue(id, -1)}
          >
            <IconArrowUp size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Move down">
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={isLast}
            aria-label={`Move ${filename} down`}
            onClick={() => moveInQueue(id, 1)}
          >
            <IconArrowDown size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Remove">
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${filename}`} onClick={() => remove([id])}>
            <IconX size={15} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </li>
  );
}
