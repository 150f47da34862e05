import { ActionIcon, Drawer, Group, Skeleton, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { formatTimecode } from '#lib/time.ts';
import { useStagesOfRow } from '#shared/processing/pipeline-queries.ts';
import { StageStrip } from '#shared/processing/stage-strip.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { toChange, type UrlParameter, useUrlState } from '#ui/url-state.ts';
import { videoQuery } from './video-queries.ts';
import classes from './videos.module.css';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of the metadata as people would read it; null for what is no fact. */
function formatFact(key: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') {
    if (key === 'duration') return formatTimecode(value);
    if (/bit.?rate/i.test(key)) return `${Math.round(value / 1000).toLocaleString('en')} kbit/s`;
    if (key === 'rotation' && value === 0) return null;
    return value.toLocaleString('en', { maximumFractionDigits: 3 });
  }
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
}

const getWords = (key: string) =>
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

/** What is known of a video as labels and values, whatever the platform's metadata holds; groups one level deep. */
export function getFacts(video: VideoDetails): [label: string, value: string][] {
  const facts: [string, string][] = [];
  if (video.created_at) facts.push(['Added', DATE.format(new Date(video.created_at))]);
  if (video.recorded_at) facts.push(['Recorded', DATE.format(new Date(video.recorded_at))]);
  if (video.status) facts.push(['Status', video.status.replaceAll('_', ' ')]);
  for (const [key, value] of Object.entries(video.video_metadata ?? {})) {
    const entries = isRecord(value) ? Object.entries(value) : [['', value] as const];
    for (const [inner, innerValue] of entries) {
      const text = formatFact(inner || key, innerValue);
      const label = getWords(inner ? `${key} ${inner}` : key);
      if (text !== null) facts.push([label.charAt(0).toUpperCase() + label.slice(1), text]);
    }
  }
  return facts;
}

const DETAILS: UrlParameter<string | null> = { name: 'details', parse: (text) => text, format: (videoId) => videoId };
/** Makes an entry in the history. */
const PUSH = {};

/** Which video's details are open; in the URL, so that they can be shared and the back button closes them. */
export function useDetails() {
  const { get, change } = useUrlState();
  const set = (videoId: string | null) => change([toChange(DETAILS, videoId)], PUSH);
  return { videoId: get(DETAILS), show: (id: string) => set(id), close: () => set(null) };
}

function Fact({ label, value, copy }: { label: string; value: string; copy?: boolean }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>
        <span>{value}</span>
        {copy && (
          <CopyButton value={value}>
            {({ copied, copy: doCopy }) => (
              <Tooltip label={copied ? 'Copied' : 'Copy'}>
                <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Copy ${label}`} onClick={doCopy}>
                  {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        )}
      </dd>
    </div>
  );
}

function Details({ video }: { video: VideoDetails }) {
  const stages = useStagesOfRow(video);
  const failed = stages.find(({ state }) => state === 'failed');
  return (
    <Stack gap="lg">
      {video.thumbnail_path && <img src={video.thumbnail_path} alt="" className={classes.poster} />}
      <div>
        <StageStrip stages={stages} />
        {failed && (
          <Text size="xs" c="var(--studio-bad)" mt={6}>
            {failed.error ?? `${failed.label} failed.`}
          </Text>
        )}
      </div>
      <dl className={classes.facts}>
        <Fact label="Video id" value={video.video_id} copy />
        {getFacts(video).map(([label, value]) => (
          <Fact key={label} label={label} value={value} />
        ))}
      </dl>
    </Stack>
  );
}

/** Everything that is known of one video, beside the list it stands in. */
export function VideoDrawer() {
  const { videoId, close } = useDetails();
  const { data, error, refetch } = useQuery({ ...videoQuery(videoId ?? ''), enabled: videoId !== null });
  return (
    <Drawer
      opened={videoId !== null}
      onClose={close}
      position="right"
      size={420}
      title={
        <Group gap="xs" wrap="nowrap">
          <Text fw={600} truncate>
            {data?.name ?? 'Details'}
          </Text>
        </Group>
      }
      closeButtonProps={{ 'aria-label': 'Close the details' }}
    >
      {error && <QueryError what="The details could not be loaded" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={220} radius="md" />}
      {data && <Details video={data} />}
    </Drawer>
  );
}
