import { Loader, Text } from '@mantine/core';
import { useEffect, useSyncExternalStore } from 'react';
import { queryClient } from '#shared/platform/client.ts';
import { connection, watchFailures } from '#shared/platform/connection.ts';
import classes from './connection-banner.module.css';

const subscribe = (listener: () => void) => connection.subscribe(listener);

/** Says that the platform is being reached again; goes away by itself. */
export function ConnectionBanner() {
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
