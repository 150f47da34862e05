import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { dialogsAreShown } from '#components/dialogs/open-dialog.ts';
import { UploadHost } from '#components/uploads/upload-host.tsx';
import { forgetExpiredVideos } from '#stores/deleted-videos.ts';
import { onSignOut } from '#stores/session.ts';
import classes from './companions.module.css';
import { ConnectionBanner } from './connection-banner.tsx';

/** What goes on beside every page: dialogs, notifications, the state of the connection and the upload queue. */
export function Companions() {
  useEffect(() => dialogsAreShown(), []);
  useEffect(() => void forgetExpiredVideos(), []);
  // Another tab has signed out: what this one still has in memory goes as well.
  useEffect(() => onSignOut(() => window.location.reload()), []);
  return (
    <>
      <ModalsProvider />
      <Notifications position="bottom-right" className={classes.notifications} />
      <UploadHost />
      <ConnectionBanner />
    </>
  );
}
