import { Component, type ReactNode, Suspense } from 'react';
import { useChunkError } from './chunk-error-store.ts';

interface PartProps {
  readonly children: ReactNode;
}

/** A part of the frame that comes later. Should it not come, or break, everything else goes on without it. */
export class LazyBoundary extends Component<PartProps, { readonly isMissing: boolean }> {
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
