import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { useSignOut } from '#shared/platform/studio-queries.ts';
import { isUnderWay } from '#shared/uploads/upload-item.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';
import { confirm } from '#ui/open-dialog.ts';
import { clearBrowser } from './clear-browser.ts';

/** Ends the session and removes what this browser stores of it: the next person here may be another one. */
export function SignOutButton() {
  const { mutate: signOut, isPending } = useSignOut();
  const unfinished = useUploads((state) => state.items.filter(isUnderWay).length);
  const signOutAfterConfirming = () =>
    void confirm({
      title: 'Sign out?',
      children: (
        <Text size="sm">
          Conversations, markers, recent searches, preferences and the upload queue are removed from this browser.
          Videos and collections stay on the platform.
          {unfinished > 0 && ` ${plural(unfinished, 'upload')} in progress will be cancelled.`}
        </Text>
      ),
      labels: { confirm: 'Sign out', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        signOut(undefined, {
          onSuccess: () => void clearBrowser('/'),
          onError: (error) =>
            void notifications.show({ color: 'red', title: 'Signing out failed', message: getErrorMessage(error) }),
        }),
    });
  return (
    <Button variant="default" size="xs" loading={isPending} onClick={signOutAfterConfirming}>
      Sign out
    </Button>
  );
}
