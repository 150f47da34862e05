import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { dialogsAreShown } from '#components/dialogs/open-dialog.ts';
import { UploadHost } from '#components/uploads/upload-host.tsx';
import { forgetExpiredVideos } from '#stores/deleted-videos.ts';
import { onSignOut } from '#stores/session.ts';

/** What goes on beside every page: dialogs, notifications and the upload queue. */
export function Companions() {
  useEffect(() => dialogsAreShown(), []);
  useEffect(() => void forgetExpiredVideos(), []);
  // Another tab has signed out: what this one still has in memory goes as well.
  useEffect(() => onSignOut(() => window.location.reload()), []);
  return (
    <>
      <ModalsProvider />
      <Notifications position="bottom-right" />
      <UploadHost />
    </>
  );
}
