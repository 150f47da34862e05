import { Button, Group } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { sentenceOf } from '#api/errors.ts';
import { EmptyState } from '#components/layout/empty-state.tsx';

/** What stands in place of a page that broke; the rest of the studio goes on. */
export function PageError() {
  const error = useRouteError();
  return (
    <EmptyState title="This page ran into a problem" text={sentenceOf(error)}>
      <Group justify="center">
        <Button onClick={() => window.location.reload()}>Reload</Button>
        <Button component={Link} to="/library" variant="default">
          Go to the library
        </Button>
      </Group>
    </EmptyState>
  );
}
