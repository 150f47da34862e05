import { Alert, Button, Group, Text } from '@mantine/core';
import type { useScope } from './use-scope.ts';

/** Says that the videos of this address cannot be found, and offers to look at all. */
export function MissingScope({ scope }: { scope: ReturnType<typeof useScope> }) {
  if (!scope.isLost) return null;
  return (
    <Alert color="yellow" variant="light" title="The chosen videos could not be found">
      <Group justify="space-between">
        <Text size="sm">
          {scope.isSet
            ? 'A selection of many videos is stored in the browser in which it was made. Choose the videos again.'
            : 'The videos in this address no longer exist.'}
        </Text>
        <Button size="xs" variant="default" onClick={() => scope.choose({ videos: [], collections: [] })}>
          Show all videos
        </Button>
      </Group>
    </Alert>
  );
}
