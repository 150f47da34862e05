import { lazy } from 'react';
import type { Shortcut } from '#components/shortcuts/shortcut.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';
import { useShortcutsSheet } from '#stores/shortcuts-sheet.ts';
import { Part } from './part.tsx';

const ShortcutsSheet = lazy(async () => ({ default: (await import('./shortcuts-sheet.tsx')).ShortcutsSheet }));

const KEYS: readonly Shortcut[] = [
  { keys: ['?'], does: 'This sheet', run: () => useShortcutsSheet.getState().toggle() },
];

/** Shows the sheet of shortcuts on `?`; its code comes with the first press. */
export function Shortcuts() {
  const { isOpen, toggle } = useShortcutsSheet();
  useShortcuts(KEYS);
  if (!isOpen) return null;
  return (
    <Part>
      <ShortcutsSheet onClose={toggle} />
    </Part>
  );
}
