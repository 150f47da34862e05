import { Button, Group } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { SampleButton } from '#shared/uploads/sample-button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';

/** Shown while there are no videos: ways to add some. */
export function NoVideos(shown: { title: string; text: string; icon: ReactNode }) {
  return (
    <EmptyState {...shown}>
      <Group justify="center">
        <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
          Upload
        </Button>
        <SampleButton />
      </Group>
    </EmptyState>
  );
}
