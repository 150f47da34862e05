import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { EmptyState } from './empty-state.tsx';

/** What a page shows while there is no footage that it could show: the way to some. */
export function NoFootage(shown: { title: string; text: string; icon: ReactNode }) {
  return (
    <EmptyState {...shown}>
      <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
        Upload
      </Button>
    </EmptyState>
  );
}
