import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '#components/layout/empty-state.tsx';
import { useTitle } from '#components/layout/use-title.ts';

export function NotFound() {
  useTitle('Not found');
  return (
    <EmptyState title="There is nothing here" text="The address may be old, or mistyped.">
      <Button component={Link} to="/library">
        Go to the library
      </Button>
    </EmptyState>
  );
}
