import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { dialogsAreShown } from '#components/dialogs/open-dialog.ts';
import { UploadHost } from '#components/uploads/upload-host.tsx';

/** What goes on beside every page: dialogs, notifications and the upload queue. */
export function Companions() {
  useEffect(() => dialogsAreShown(), []);
  return (
    <>
      <ModalsProvider />
      <Notifications position="bottom-right" />
      <UploadHost />
    </>
  );
}
