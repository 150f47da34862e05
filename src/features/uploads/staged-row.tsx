import { ActionIcon, Badge, Button, Group, Menu, Text, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconX } from '@tabler/icons-react';
import { estimateUploadCredits } from '#api/resources/uploads.ts';
import { guessContentType } from '#api/upload/filename.ts';
import { formatBytes, plural } from '#lib/format.ts';
import type { UploadItem } from '#shared/uploads/upload-item.ts';
import { getCachedFile, moveInQueue, useUploads } from '#shared/uploads/uploads-store.ts';
import classes from './upload.module.css';

const UNKNOWN = 'application/octet-stream';
const NAMES: Readonly<Record<string, string>> = {
  'video/mp4': 'MP4',
  'video/quicktime': 'QuickTime',
  'video/x-matroska': 'Matroska',
  'video/webm': 'WebM',
  'video/x-msvideo': 'AVI',
  'video/mpeg': 'MPEG',
  'video/mp2t': 'MPEG-TS',
  'video/x-ms-wmv': 'WMV',
  'video/x-flv': 'Flash',
  'video/3gpp': '3GP',
  'video/ogg': 'Ogg',
  [UNKNOWN]: 'Not stated',
};

/** What kind of video a file is said to be: as its name says, unless another is chosen for a name that is wrong. */
function ContentTypeMenu({ item: { id, filename, contentType } }: { item: UploadItem }) {
  const change = useUploads((state) => state.change);
  const own = getCachedFile(id)?.type || guessContentType(filename);
  const current = contentType ?? own;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          fw={500}
          rightSection={<IconChevronDown size={12} />}
          aria-label={`Content type of ${filename}: ${NAMES[current] ?? current}`}
        >
          {NAMES[current] ?? current}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>Content type</Menu.Label>
        {contentType !== null && (
          <Menu.Item onClick={() => change(id, { contentType: null })}>
            As the file says ({NAMES[own] ?? own})
          </Menu.Item>
        )}
        {Object.entries(NAMES).map(([type, name]) => (
          <Menu.Item key={type} onClick={() => change(id, { contentType: type })} fw={type === current ? 600 : 400}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Something that goes with the file, and can be left out. */
function RemovableBadge({ text, label, onRemove }: { text: string; label: string; onRemove(): void }) {
  return (
    <Badge
      variant="default"
      radius="sm"
      tt="none"
      fw={500}
      rightSection={
        <ActionIcon size={14} variant="transparent" color="gray" aria-label={label} onClick={onRemove}>
          <IconX size={12} />
        </ActionIcon>
      }
    >
      {text}
    </Badge>
  );
}

interface StagedRowProps {
  readonly item: UploadItem;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A file that waits to be started: what it will be called, what it costs, and its place. */
export function StagedRow({ item, isFirst, isLast }: StagedRowProps) {
  const change = useUploads((state) => state.change);
  const remove = useUploads((state) => state.remove);
  const { id, filename, name, bytes, collection, subtitles } = item;
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
        <RemovableBadge
          text={collection}
          label={`Do not add ${filename} to ${collection}`}
          onRemove={() => change(id, { collection: null })}
        />
      )}
      {subtitles.map((file) => (
        <RemovableBadge
          key={file.name}
          text={file.name}
          label={`Do not add ${file.name}`}
          onRemove={() => change(id, { subtitles: subtitles.filter((other) => other !== file) })}
        />
      ))}
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
