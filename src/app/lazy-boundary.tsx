import { Button, Group, Paper, Text } from '@mantine/core';
import { Component, type ReactNode, Suspense } from 'react';
import { create } from 'zustand';
import classes from './shell.module.css';

/** Whether a part of the frame could not be loaded. */
const useChunkError = create<{ readonly isMissing: boolean }>()(() => ({ isMissing: false }));

/** Says that something of the frame is not there, and what helps. */
export function ChunkErrorBanner() {
  const isMissing = useChunkError((state) => state.isMissing);
  if (!isMissing) return null;
  return (
    <Paper className={classes.missing} role="alert" shadow="md" withBorder>
      <Group gap="sm" wrap="nowrap">
        <Text size="sm">Part of the app failed to load.</Text>
        <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </Group>
    </Paper>
  );
}

interface LazyBoundaryProps {
  readonly children: ReactNode;
}

/** A part of the frame that comes later. Should it not come, or break, everything else goes on without it. */
export class LazyBoundary extends Component<LazyBoundaryProps, { readonly isMissing: boolean }> {
  override state = { isMissing: false };

  static getDerivedStateFromError() {
    return { isMissing: true };
  }

  override componentDidCatch(): void {
    useChunkError.setState({ isMissing: true });
  }

  override render(): ReactNode {
    return this.state.isMissing ? null : <Suspense>{this.props.children}</Suspense>;
  }
}
