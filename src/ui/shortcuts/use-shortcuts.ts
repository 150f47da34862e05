import { useEffect } from 'react';
import { isForElement, type Shortcut, shortcutFor } from './shortcut.ts';

/** Obeys shortcuts wherever the focus is, except where it is in something that takes the key itself. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isForElement(event.target, event.key)) return;
      const shortcut = shortcutFor(shortcuts, event);
      if (!shortcut || shortcut.when?.() === false) return;
      event.preventDefault();
      shortcut.run(event);
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [shortcuts]);
}
