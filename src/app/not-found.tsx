import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { EmptyState } from '#ui/page.tsx';

export function NotFound() {
  useTitle('Not found');
  return (
    <EmptyState title="There is nothing here" text="The address may be outdated or mistyped.">
      <Button component={Link} to="/library">
        Go to the library
      </Button>
    </EmptyState>
  );
}
