import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isDone, isFailed } from '#api/status.ts';
import { pipelineStatusQuery } from '#queries/pipelines.ts';
import { uploadStatusQuery } from '#queries/uploads.ts';
import classes from './upload.module.css';

interface Stage {
  readonly label: string;
  readonly status: string | null | undefined;
  readonly percentage: number | null | undefined;
}

function StageBar({ label, status, percentage }: Stage) {
  const state = isFailed(status) ? 'failed' : isDone(status) ? 'done' : status ? 'busy' : 'waiting';
  const value = state === 'done' || state === 'failed' ? 100 : (percentage ?? 0);
  return (
    <div className={classes.stage} data-state={state}>
      <Progress
        value={value}
        size={4}
        color={state === 'failed' ? 'red' : state === 'done' ? 'teal' : undefined}
        aria-label={`${label}: ${state === 'busy' ? `${value} %` : state}`}
      />
      <span>
        {label}
        {state === 'busy' && value > 0 ? ` ${value} %` : ''}
      </span>
    </div>
  );
}

/** The five stages of a video as one row of small bars. */
export function StageStrip({ videoId, willProcess }: { videoId: string; willProcess: boolean }) {
  const { data: upload } = useQuery(uploadStatusQuery(videoId));
  const transcoded = isDone(upload?.hls_generation_status?.status);
  const enabled = transcoded && willProcess;
  const { data: analyse } = useQuery({ ...pipelineStatusQuery('analyse', videoId), enabled });
  const { data: search } = useQuery({ ...pipelineStatusQuery('search-process', videoId), enabled });
  const stages: Stage[] = [
    { label: 'Thumbnail', ...percentOf(upload?.thumbnail_generation_status) },
    { label: 'Transcode', ...percentOf(upload?.transcoding_status) },
    { label: 'HLS', ...percentOf(upload?.hls_generation_status) },
    { label: 'Analyse', ...percentOf(analyse) },
    { label: 'Search', ...percentOf(search) },
  ];
  return (
    <div className={`${classes.stages} ${classes.wide}`}>
      {stages.map((stage) => (
        <StageBar key={stage.label} {...stage} />
      ))}
    </div>
  );
}

function percentOf(stage: { status: string; percentage?: number | null } | null | undefined) {
  const waiting = !stage || stage.status === 'pending';
  return { status: waiting ? null : stage.status, percentage: stage?.percentage };
}
