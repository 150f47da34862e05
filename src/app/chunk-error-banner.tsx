import { Button, Group, Paper, Text } from '@mantine/core';
import classes from './chunk-error-banner.module.css';
import { useChunkError } from './chunk-error-store.ts';

/** Says that something of the frame is not there, and what helps. */
export function ChunkErrorBanner() {
  const isMissing = useChunkError((state) => state.isMissing);
  if (!isMissing) return null;
  return (
    <Paper className={classes.missing} role="alert" shadow="md" withBorder>
      <Group gap="sm" wrap="nowrap">
        <Text size="sm">A part of the studio could not be loaded.</Text>
        <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </Group>
    </Paper>
  );
}
