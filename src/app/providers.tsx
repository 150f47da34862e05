import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy } from 'react';
import { RouterProvider } from 'react-router/dom';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { queryClient } from '#shared/platform/client.ts';
import { ChunkErrorBanner } from './chunk-error-banner.tsx';
import { LazyBoundary } from './lazy-boundary.tsx';
import { router } from './router.tsx';
import { SignInGate } from './sign-in-gate.tsx';
import { theme } from './theme.ts';

// What stands beside every page is not part of the first one's load.
const GlobalOverlays = lazy(async () => ({ default: (await import('./global-overlays.tsx')).GlobalOverlays }));

/** Everything a size smaller. */
const compact = mergeThemeOverrides(theme, { scale: 0.875 });

export function Providers() {
  const density = usePreferences((state) => state.density);
  return (
    <MantineProvider theme={density === 'compact' ? compact : theme} defaultColorScheme="dark">
      <QueryClientProvider client={queryClient}>
        <SignInGate>
          <RouterProvider router={router} />
          <LazyBoundary>
            <GlobalOverlays />
          </LazyBoundary>
        </SignInGate>
        <ChunkErrorBanner />
      </QueryClientProvider>
    </MantineProvider>
  );
}
