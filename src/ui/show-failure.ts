import { notifications } from '@mantine/notifications';
import { getErrorMessage } from '#api/errors.ts';

/** A callback that says in a notification what has failed (`title`), and why. */
export const showFailure = (title: string) => (error: unknown) =>
  void notifications.show({ color: 'red', title, message: getErrorMessage(error) });
