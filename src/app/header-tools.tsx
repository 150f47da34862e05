import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconCommand, IconSettings } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ActivityMenu } from './activity-menu.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';

/** The right end of the top bar. */
export function HeaderTools({ onPalette }: { onPalette(): void }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Tooltip label="Find anything (Ctrl K)">
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Find anything" onClick={onPalette}>
          <IconCommand size={19} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <ActivityMenu />
      <SchemeToggle />
      <ActionIcon
        component={Link}
        to="/settings"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label="Settings"
        hiddenFrom="xs"
      >
        <IconSettings size={19} stroke={1.6} />
      </ActionIcon>
    </Group>
  );
}
