import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { VideoDetails } from '#api/contracts/videos.ts';

/** What of the source file could not be read or played. */
export function SourceWarnings({ video }: { video: VideoDetails }) {
  const warnings = video.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title="Not all of this file can be played"
    >
      {warnings.length === 1 ? (
        warnings[0]
      ) : (
        <List size="sm">
          {warnings.map((warning) => (
            <List.Item key={warning}>{warning}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
