import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

export interface IconActionProps {
  /** Spoken, and said under the pointer. */
  readonly label: string;
  /** The key that does the same, said under the pointer only. */
  readonly hint?: string;
  readonly size?: ActionIconProps['size'];
  /** Of something that is on or off. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  onClick(): void;
  readonly children: ReactNode;
}

/** A button that is an icon, and says what it does. */
export function IconAction({ label, hint, size, pressed, disabled, onClick, children }: IconActionProps) {
  return (
    <Tooltip label={hint ? `${label} (${hint})` : label}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'amber' : 'gray'}
        size={size}
        disabled={disabled}
        onClick={onClick}
        aria-label={label}
        aria-pressed={pressed}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
