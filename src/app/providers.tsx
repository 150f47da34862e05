import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { UploadHost } from '#components/uploads/upload-host.tsx';
import { queryClient } from '#queries/client.ts';
import { usePreferences } from '#stores/preferences.ts';
import { router } from './router.tsx';
import { SignInGate } from './sign-in-gate.tsx';
import { theme } from './theme.ts';

/** Everything a size smaller. */
const compact = mergeThemeOverrides(theme, { scale: 0.875 });

export function Providers() {
  const density = usePreferences((state) => state.density);
  return (
    <MantineProvider theme={density === 'compact' ? compact : theme} defaultColorScheme="dark">
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          <Notifications position="bottom-right" />
          <SignInGate>
            <UploadHost />
            <RouterProvider router={router} />
          </SignInGate>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
