import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { UploadHost } from '#components/uploads/upload-host.tsx';
import { queryClient } from '#queries/client.ts';
import { router } from './router.tsx';
import { SignInGate } from './sign-in-gate.tsx';
import { theme } from './theme.ts';

export function Providers() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="dark">
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
