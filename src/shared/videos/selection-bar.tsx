import { ActionIcon, Button, Group, Paper, Text, Transition } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { plural } from '#lib/format.ts';
import { useShortcuts } from '#ui/shortcuts.ts';
import classes from './videos.module.css';

interface SelectionBarProps {
  readonly count: number;
  /** How many could be chosen. */
  readonly of: number;
  onAll(): void;
  onClear(): void;
  readonly children: ReactNode;
}

/** What is chosen, and what can be done with all of it at once. */
export function SelectionBar({ count, of, onAll, onClear, children }: SelectionBarProps) {
  // Wherever the focus is: the list takes Escape only while it has it.
  useShortcuts([{ keys: ['Escape'], does: 'Clear selection', when: () => count > 0, run: onClear }]);
  return (
    <Transition mounted={count > 0} transition="slide-up" duration={120}>
      {(style) => (
        <Paper className={classes.bar} style={style} shadow="lg" radius="md" role="toolbar" aria-label="Selection">
          <Group gap="xs" wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" aria-label="Clear selection" onClick={onClear}>
              <IconX size={16} />
            </ActionIcon>
            <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
              {plural(count, 'video')}
            </Text>
            {count < of && (
              <Button size="compact-sm" variant="subtle" color="gray" onClick={onAll}>
                Select all {of.toLocaleString('en')}
              </Button>
            )}
          </Group>
          <Group gap={6} wrap="wrap">
            {children}
          </Group>
        </Paper>
      )}
    </Transition>
  );
}
