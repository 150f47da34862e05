import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import { EMPTY_FILE, getItemFile, isOneClickAway } from '#shared/uploads/picked-files.ts';
import { isSettled, type UploadItem } from '#shared/uploads/upload-item.ts';
import { moveInQueue, stageRefused, useUploads } from '#shared/uploads/uploads-store.ts';

/** Gives an upload its file back: one click where the browser still has a handle on it, otherwise by picking it again. */
export function ResumeButton({ item }: { item: UploadItem }) {
  const input = useRef<HTMLInputElement>(null);
  const change = useUploads((state) => state.change);
  const attachFile = useUploads((state) => state.attachFile);

  const resume = async () => {
    if ((await isOneClickAway(item.id)) && (await getItemFile(item.id, true))) {
      change(item.id, { phase: 'queued', error: null });
    } else input.current?.click();
  };
  const take = (file: File | undefined) => {
    if (!file) return;
    // Whether it is the same file is found out by its fingerprint.
    if (file.size === 0) change(item.id, { error: EMPTY_FILE });
    else attachFile(item.id, { file, handle: null });
  };
  return (
    <>
      <Button size="compact-sm" onClick={() => void resume()} aria-label={`Resume ${item.filename}`}>
        Resume
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`Select ${item.filename} again`}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

function Action({ label, icon, onClick }: { label: string; icon: ReactNode; onClick(): void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** What can be done with an upload in its present state. */
export function UploadActions({ item }: { item: UploadItem }) {
  const change = useUploads((state) => state.change);
  const remove = useUploads((state) => state.remove);
  const { id, phase, paused, filename, videoId, source } = item;
  const sending = phase === 'queued' || phase === 'uploading';
  const canRetry = (phase === 'failed' || phase === 'cancelled') && source === 'file';
  return (
    <>
      {videoId && (phase === 'processing' || phase === 'ready') && (
        <Button component={Link} to={`/videos/${videoId}`} size="compact-sm" variant="default">
          Open
        </Button>
      )}
      {phase === 'queued' && (
        <>
          <Action label={`Move ${filename} up`} icon={<IconArrowUp size={16} />} onClick={() => moveInQueue(id, -1)} />
          <Action
            label={`Move ${filename} down`}
            icon={<IconArrowDown size={16} />}
            onClick={() => moveInQueue(id, 1)}
          />
        </>
      )}
      {sending && !paused && (
        <Action
          label={`Pause ${filename}`}
          icon={<IconPlayerPause size={16} />}
          onClick={() => change(id, { paused: true })}
        />
      )}
      {sending && paused && (
        <Action
          label={`Resume ${filename}`}
          icon={<IconPlayerPlay size={16} />}
          onClick={() => change(id, { paused: false })}
        />
      )}
      {phase === 'refused' && item.bytes > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => stageRefused(item)}>
          Upload anyway
        </Button>
      )}
      {phase === 'needs-file' && <ResumeButton item={item} />}
      {canRetry && (
        <Action
          label={`Retry ${filename}`}
          icon={<IconRotate size={16} />}
          onClick={() => change(id, { phase: 'queued', paused: false, error: null })}
        />
      )}
      {(sending || phase === 'needs-file') && (
        <Action
          label={`Cancel ${filename}`}
          icon={<IconX size={16} />}
          onClick={() => change(id, { phase: 'cancelled', error: null })}
        />
      )}
      {isSettled(item) && (
        <Action
          label={`Remove ${filename} from the list`}
          icon={<IconTrash size={16} />}
          onClick={() => remove([id])}
        />
      )}
    </>
  );
}
