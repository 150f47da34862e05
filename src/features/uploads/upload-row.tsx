import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import {
  IconArrowDown,
  IconArrowUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { Link } from 'react-router';
import { estimateUploadCredits } from '#api/resources/uploads.ts';
import { formatBytes, formatDuration, plural } from '#lib/format.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useStagesOfVideo } from '#shared/processing/pipeline-queries.ts';
import { StageStrip } from '#shared/processing/stage-strip.tsx';
import { stagesWhenThrough } from '#shared/processing/stages.ts';
import { EMPTY_FILE, getItemFile, isOneClickAway } from '#shared/uploads/picked-files.ts';
import { isSettled, isToBeSent, type UploadItem } from '#shared/uploads/upload-item.ts';
import { type UploadProgress, type UploadWait, useUploadProgress } from '#shared/uploads/upload-progress-store.ts';
import { moveInQueue, stageRefused, useUploads } from '#shared/uploads/uploads-store.ts';
import { duplicatesQuery } from '#shared/videos/video-queries.ts';
import classes from './upload.module.css';

/** Gives an upload its file back: one click where the browser still has a handle on it, otherwise by picking it again. */
function ResumeButton({ item }: { item: UploadItem }) {
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
function UploadActions({ item }: { item: UploadItem }) {
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

/** Counts a pause down, a second at a time; nothing once it is over. */
function Countdown({ wait }: { wait: UploadWait }) {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 500, { autoInvoke: true });
  const seconds = Math.ceil((wait.until - now) / 1000);
  if (seconds <= 0) return null;
  return (
    <span role="status">
      {wait.sentence} Retrying in {seconds} s ·{' '}
    </span>
  );
}

function getProgressText(item: UploadItem, progress: UploadProgress | undefined): string {
  const sent = progress?.sent ?? item.arrived;
  const { speed = 0, parts = null } = progress ?? {};
  return [
    `${formatBytes(sent)} of ${formatBytes(item.bytes)}`,
    speed > 0 ? `${formatBytes(speed)}/s` : '',
    speed > 0 ? `${formatDuration((item.bytes - sent) / speed)} left` : '',
    parts && parts.total > 1
      ? `part ${Math.min(parts.total, parts.arrived + 1)} of ${parts.total}, ${parts.inFlight} in flight`
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function getIdleText(item: UploadItem): string {
  const credits = plural(estimateUploadCredits(item.bytes), 'credit');
  switch (item.phase) {
    case 'needs-file':
      return `${item.error ?? 'The browser can no longer read this file.'} ${item.arrived > 0 ? `${Math.floor((item.arrived / item.bytes) * 100)} % has arrived; select it again to resume.` : 'Select it again to continue.'}`;
    case 'refused':
    case 'failed':
      return item.error ?? 'The upload failed.';
    case 'cancelled':
      return 'Cancelled; nothing was kept.';
    case 'processing':
    case 'ready':
      return [
        item.source === 'youtube' ? item.filename : `${formatBytes(item.bytes)} uploaded · ${credits}`,
        ...(item.error === null ? [] : [item.error]),
      ].join(' · ');
    default:
      return `Waiting · ${formatBytes(item.bytes)} · ${credits}`;
  }
}

/** One line that says how an upload stands. */
function UploadStatusLine({ item }: { item: UploadItem }) {
  const progress = useUploadProgress((state) => state.byId[item.id]);
  if (item.paused && (item.phase === 'uploading' || item.phase === 'queued')) {
    return (
      <>
        Paused · {formatBytes(progress?.sent ?? item.arrived)} of {formatBytes(item.bytes)}
      </>
    );
  }
  if (item.phase !== 'uploading') return getIdleText(item);
  return (
    <>
      {progress?.wait && <Countdown key={progress.wait.until} wait={progress.wait} />}
      {getProgressText(item, progress)}
    </>
  );
}

function RunningStages({ videoId, willProcess }: { videoId: string; willProcess: boolean }) {
  return <StageStrip stages={useStagesOfVideo(videoId, willProcess)} />;
}

/** Says that the studio has this file already, as far as the platform can tell. */
function DuplicateNotice({ videoId, isProcessing }: { videoId: string; isProcessing: boolean }) {
  const { data: studio } = useQuery(studioQuery);
  const { data: [first] = [] } = useQuery({
    ...duplicatesQuery(videoId, isProcessing),
    enabled: studio?.platform === 'embedded',
  });
  if (!first) return null;
  return (
    <Text className={classes.wide} size="xs" role="status">
      This is the same file as <Link to={`/videos/${first.video_id}`}>{first.name}</Link>.
    </Text>
  );
}

/** One file on its way: bytes first, then the stages that make it playable and searchable. */
export function UploadRow({ item }: { item: UploadItem }) {
  const sent = useUploadProgress((state) => state.byId[item.id]?.sent) ?? item.arrived;
  const isBad =
    item.phase === 'failed' || item.phase === 'refused' || (item.phase === 'needs-file' && item.error !== null);
  return (
    <li className={classes.row} data-phase={item.phase} data-paused={item.paused} aria-label={item.filename}>
      <Text className={classes.name} title={item.filename}>
        {item.name}
      </Text>
      <Group gap={4} wrap="nowrap" justify="flex-end">
        <UploadActions item={item} />
      </Group>
      <Text
        className={classes.wide}
        size="xs"
        c={isBad ? 'var(--studio-bad)' : 'var(--studio-quiet)'}
        role={isBad ? 'alert' : undefined}
      >
        <UploadStatusLine item={item} />
      </Text>
      {isToBeSent(item) && (
        <progress
          className={`${classes.wide} ${classes.total}`}
          max={Math.max(1, item.bytes)}
          value={sent}
          aria-label={`Upload of ${item.filename}`}
        />
      )}
      {item.videoId && item.phase === 'processing' && (
        <div className={classes.wide}>
          <RunningStages videoId={item.videoId} willProcess={item.processWhenReady} />
        </div>
      )}
      {item.videoId && (item.phase === 'processing' || item.phase === 'ready') && (
        <DuplicateNotice videoId={item.videoId} isProcessing={item.phase === 'processing'} />
      )}
      {item.phase === 'ready' && (
        <div className={classes.wide}>
          <StageStrip stages={stagesWhenThrough(item.processWhenReady)} />
        </div>
      )}
    </li>
  );
}
