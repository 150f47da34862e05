import { Group, Text } from '@mantine/core';
import { StageStrip } from '#shared/processing/stage-strip.tsx';
import { stagesWhenThrough } from '#shared/processing/stages.ts';
import { useStagesOfVideo } from '#shared/processing/use-stages.ts';
import { isToBeSent, type UploadItem } from '#shared/uploads/upload-item.ts';
import { useUploadProgress } from '#shared/uploads/upload-progress-store.ts';
import classes from './upload.module.css';
import { UploadActions } from './upload-actions.tsx';
import { UploadStatusLine } from './upload-status.tsx';

function RunningStages({ videoId, willProcess }: { videoId: string; willProcess: boolean }) {
  return <StageStrip stages={useStagesOfVideo(videoId, willProcess)} />;
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
      {item.phase === 'ready' && (
        <div className={classes.wide}>
          <StageStrip stages={stagesWhenThrough(item.processWhenReady)} />
        </div>
      )}
    </li>
  );
}
