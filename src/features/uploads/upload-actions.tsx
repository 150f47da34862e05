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
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isSettled, type UploadItem } from '#shared/uploads/upload-item.ts';
import { moveInQueue, stageRefused, useUploads } from '#shared/uploads/uploads-store.ts';
import { ResumeButton } from './resume-button.tsx';

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
