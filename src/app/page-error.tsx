import { Button, Group } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { getErrorMessage } from '#api/errors.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { EmptyState } from '#ui/page.tsx';

export function NotFound() {
  useTitle('Not found');
  return (
    <EmptyState title="Page not found" text="The link may be outdated or mistyped.">
      <Button component={Link} to="/library">
        Go to the library
      </Button>
    </EmptyState>
  );
}

/** What browsers say when a file of the app does not come. */
const CODE_IS_MISSING = /dynamically imported module|importing a module script failed|unable to preload/i;
const MISSING_CODE =
  'Its code could not be loaded: the connection may be lost, or the studio was updated since this page was opened.';

function toMessage(error: unknown): string {
  const sentence = getErrorMessage(error);
  return CODE_IS_MISSING.test(sentence) ? MISSING_CODE : sentence;
}

/** What stands in place of a page that broke; the rest of the studio goes on. */
export function PageError() {
  const error = useRouteError();
  return (
    <EmptyState title="This page ran into a problem" text={toMessage(error)}>
      <Group justify="center">
        <Button onClick={() => window.location.reload()}>Reload</Button>
        <Button component={Link} to="/library" variant="default">
          Go to the library
        </Button>
      </Group>
    </EmptyState>
  );
}
