import {
  ActionIcon,
  Group,
  Popover,
  RingProgress,
  Stack,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconListSearch, IconMoon, IconSun } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { plural } from '#lib/format.ts';
import { fractionDone, getProcessingState } from '#shared/processing/stages.ts';
import { isUnderWay, type UploadItem } from '#shared/uploads/upload-item.ts';
import { useUploadProgress } from '#shared/uploads/upload-progress-store.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';
import { recentVideosQuery } from '#shared/videos/video-queries.ts';

const MAX_LINES = 8;

interface Line {
  readonly key: string;
  readonly name: string;
  readonly word: string;
  /** 0..1. */
  readonly fraction: number;
}

function sendingLine(item: UploadItem, sent: number): Line {
  const fraction = item.bytes > 0 ? sent / item.bytes : 0;
  const word = item.phase === 'queued' ? 'waiting' : `${Math.round(fraction * 100)} %`;
  return { key: item.id, name: item.name, word, fraction };
}

/** Everything in progress: files that are being sent, then videos that are being processed. */
function useWork(): Line[] {
  const items = useUploads((state) => state.items);
  const byId = useUploadProgress((state) => state.byId);
  const { data: recent } = useQuery(recentVideosQuery);
  const sending = items.filter((item) => isUnderWay(item) && item.phase !== 'processing');
  const processing = (recent ?? []).filter((video) => getProcessingState(video) === 'running');
  return [
    ...sending.map((item) => sendingLine(item, byId[item.id]?.sent ?? item.arrived)),
    ...processing.map((video) => ({
      key: video.video_id,
      name: video.name,
      word: 'processing',
      fraction: fractionDone(video),
    })),
  ];
}

/** Work in progress as one small ring that opens a list; nothing when there is none. */
export function ActivityMenu() {
  const work = useWork();
  if (work.length === 0) return null;
  const percent = Math.round((work.reduce((sum, { fraction }) => sum + fraction, 0) / work.length) * 100);
  const label = `${plural(work.length, 'video')} in progress`;
  return (
    <Popover position="bottom-end" width={300}>
      <Popover.Target>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
            <RingProgress size={26} thickness={3} roundCaps sections={[{ value: percent, color: 'amber' }]} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {work.slice(0, MAX_LINES).map(({ key, name, word }) => (
            <Group key={key} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" truncate>
                {name}
              </Text>
              <Text size="xs" c="var(--studio-quiet)" style={{ whiteSpace: 'nowrap' }}>
                {word}
              </Text>
            </Group>
          ))}
          {work.length > MAX_LINES && (
            <Text size="xs" c="var(--studio-quiet)">
              and {work.length - MAX_LINES} more
            </Text>
          )}
          <Group gap="md">
            <Text size="sm" component={Link} to="/upload" c="var(--mantine-primary-color-filled)">
              Uploads
            </Text>
            <Text size="sm" component={Link} to="/pipelines" c="var(--mantine-primary-color-filled)">
              Pipelines
            </Text>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

export function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('dark');
  const next = scheme === 'dark' ? 'light' : 'dark';
  const label = `Use ${next} colors`;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={() => setColorScheme(next)}>
        {scheme === 'dark' ? <IconSun size={19} stroke={1.6} /> : <IconMoon size={19} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** The right end of the top bar. */
export function HeaderTools({ onPalette }: { onPalette(): void }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Tooltip label="Find anything (Ctrl K)">
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Find anything" onClick={onPalette}>
          <IconListSearch size={19} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <ActivityMenu />
      <SchemeToggle />
    </Group>
  );
}
