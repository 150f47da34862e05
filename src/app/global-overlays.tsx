import '@mantine/notifications/styles.css';
import { Loader, Text } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect, useSyncExternalStore } from 'react';
import { onBrowserCleared } from '#shared/browser-data/clear-browser.ts';
import { queryClient } from '#shared/platform/client.ts';
import { connection, watchFailures } from '#shared/platform/connection.ts';
import { startUploadRunner } from '#shared/uploads/upload-runner.ts';
import { forgetExpiredVideos } from '#shared/videos/deleted-videos-store.ts';
import { dialogsAreShown } from '#ui/open-dialog.ts';
import classes from './overlays.module.css';

const subscribe = (listener: () => void) => connection.subscribe(listener);

/** Says that the platform is being reached again; goes away by itself. */
function ConnectionBanner() {
  useEffect(() => watchFailures(queryClient, connection), []);
  const isLost = useSyncExternalStore(subscribe, () => connection.isLost);
  return (
    <div role="status" className={classes.place}>
      {isLost && (
        <div className={classes.banner}>
          <Loader size={14} />
          <Text size="sm">Reconnecting to the platform…</Text>
        </div>
      )}
    </div>
  );
}

/** What goes on beside every page: dialogs, notifications, the state of the connection and the upload queue. */
export function GlobalOverlays() {
  useEffect(() => dialogsAreShown(), []);
  useEffect(startUploadRunner, []);
  useEffect(() => void forgetExpiredVideos(), []);
  // Another tab has cleared the browser data: a reload drops what this one still has in memory.
  useEffect(() => onBrowserCleared(() => window.location.reload()), []);
  return (
    <>
      <ModalsProvider />
      <Notifications
        position="top-right"
        limit={3}
        classNames={{ root: classes.notifications, notification: classes.notification }}
      />
      <ConnectionBanner />
    </>
  );
}
