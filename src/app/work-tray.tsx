import { ActionIcon, Group, Popover, RingProgress, Stack, Text, Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import { useUploads } from '#stores/uploads.ts';

/** Work in progress as one small ring that opens a tray; nothing when nothing is under way. */
export function WorkTray() {
  const items = useUploads((state) => state.items);
  const active = items.filter(({ phase }) => ['queued', 'uploading', 'processing'].includes(phase));
  if (active.length === 0) return null;
  const [sent, total] = active.reduce(
    ([sentSum, totalSum], item) => [
      sentSum + (item.phase === 'processing' ? item.bytes : item.sent),
      totalSum + item.bytes,
    ],
    [0, 0],
  );
  const percent = total > 0 ? Math.round((sent / total) * 100) : 0;
  const label = active.length === 1 ? '1 video under way' : `${active.length} videos under way`;
  return (
    <Popover position="bottom-end" width={280}>
      <Popover.Target>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
            <RingProgress size={26} thickness={3} roundCaps sections={[{ value: percent, color: 'amber' }]} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {active.map((item) => (
            <Group key={item.id} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" truncate>
                {item.name}
              </Text>
              <Text size="xs" c="var(--studio-quiet)">
                {item.phase === 'uploading' ? `${Math.round((item.sent / item.bytes) * 100)} %` : item.phase}
              </Text>
            </Group>
          ))}
          <Text size="sm" component={Link} to="/upload" c="var(--mantine-primary-color-filled)">
            Show uploads
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
