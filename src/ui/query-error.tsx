import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { getErrorMessage } from '#api/errors.ts';

/** A request that failed, as a sentence, with a way to try again. */
export function QueryError({ what, error, onRetry }: { what: string; error: unknown; onRetry(): void }) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={what}>
      <Group justify="space-between">
        <Text size="sm">{getErrorMessage(error)}</Text>
        <Button size="xs" variant="default" onClick={onRetry}>
          Retry
        </Button>
      </Group>
    </Alert>
  );
}
