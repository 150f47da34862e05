import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { onSignOut } from '#shared/platform/session-store.ts';
import { UploadHost } from '#shared/uploads/upload-host.tsx';
import { forgetExpiredVideos } from '#shared/videos/deleted-videos-store.ts';
import { dialogsAreShown } from '#ui/open-dialog.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import classes from './global-overlays.module.css';

/** What goes on beside every page: dialogs, notifications, the state of the connection and the upload queue. */
export function GlobalOverlays() {
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
