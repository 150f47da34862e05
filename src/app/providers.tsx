import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode } from 'react';
import { RouterProvider } from 'react-router/dom';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { queryClient } from '#shared/platform/client.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { ChunkErrorBanner, LazyBoundary } from './lazy-boundary.tsx';
import { router } from './router.tsx';
import { theme } from './theme.ts';

const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));

/** The studio, or the way into it where it asks for a password. It stands at once; only a "no" takes it away. */
function SignInGate({ children }: { children: ReactNode }) {
  const { data } = useQuery(studioQuery);
  if (data?.sign_in !== 'out') return children;
  return (
    <LazyBoundary>
      <SignIn />
    </LazyBoundary>
  );
}

// What stands beside every page is not part of the first one's load.
const GlobalOverlays = lazy(async () => ({ default: (await import('./global-overlays.tsx')).GlobalOverlays }));

/** Everything a size smaller. */
const compact = mergeThemeOverrides(theme, { scale: 0.875 });

export function Providers() {
  const density = usePreferences((state) => state.density);
  return (
    <MantineProvider theme={density === 'compact' ? compact : theme} defaultColorScheme="auto">
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
