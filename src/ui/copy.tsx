import { notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Copies through a selected field, the way that works without the Clipboard API (plain HTTP in a local network). */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.cssText = 'position: fixed; inset: 0 auto auto 0; opacity: 0';
  const focused = document.activeElement;
  // A modal dialog keeps the focus inside it, so the field must be inside it as well.
  (focused?.closest('[role="dialog"]') ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

/** Puts a text on the clipboard; false when the browser refuses. Must be called from a user gesture. */
async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
    return copyBySelection(text);
  } catch {
    return false;
  }
}

const SHOWN_MS = 2_000;

/**
 * Copies a text and resolves to whether that worked; a refusal of the browser is said in a notification. `copied` is true for two
 * seconds afterwards. Works without the Clipboard API as well.
 */
export function useCopy(): { copied: boolean; copy(text: string): Promise<boolean> } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (text: string) => {
    if (!(await copyText(text))) {
      notifications.show({ color: 'red', message: 'The browser did not allow copying.' });
      return false;
    }
    clearTimeout(timer.current);
    setCopied(true);
    timer.current = setTimeout(() => setCopied(false), SHOWN_MS);
    return true;
  };
  return { copied, copy };
}

interface CopyButtonProps {
  readonly value: string;
  children(state: { copied: boolean; copy(): void }): ReactNode;
}

/** Mantine's `CopyButton` needs the Clipboard API, which plain HTTP in a local network does not have; this one does not. */
export function CopyButton({ value, children }: CopyButtonProps): ReactNode {
  const { copied, copy } = useCopy();
  return children({ copied, copy: () => void copy(value) });
}
