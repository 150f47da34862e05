import type { ReactNode } from 'react';
import { useCopy } from './use-copy.ts';

interface CopyButtonProps {
  readonly value: string;
  children(state: { copied: boolean; copy(): void }): ReactNode;
}

/** Mantine's `CopyButton` needs the Clipboard API, which plain HTTP in a local network does not have; this one does not. */
export function CopyButton({ value, children }: CopyButtonProps): ReactNode {
  const { copied, copy } = useCopy();
  return children({ copied, copy: () => copy(value) });
}
