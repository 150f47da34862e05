import { lazy } from 'react';
import type { Shortcut } from '#ui/shortcuts/shortcut.ts';
import { useShortcutsSheet } from '#ui/shortcuts/shortcuts-sheet-store.ts';
import { useShortcuts } from '#ui/shortcuts/use-shortcuts.ts';
import { LazyBoundary } from './lazy-boundary.tsx';

const ShortcutsSheet = lazy(async () => ({ default: (await import('./shortcuts-sheet.tsx')).ShortcutsSheet }));

const KEYS: readonly Shortcut[] = [
  { keys: ['?'], does: 'Show keyboard shortcuts', run: () => useShortcutsSheet.getState().toggle() },
];

/** Shows the sheet of shortcuts on `?`; its code comes with the first press. */
export function Shortcuts() {
  const { isOpen, toggle } = useShortcutsSheet();
  useShortcuts(KEYS);
  if (!isOpen) return null;
  return (
    <LazyBoundary>
      <ShortcutsSheet onClose={toggle} />
    </LazyBoundary>
  );
}
