import { lazy, Suspense, useState } from 'react';
import type { Shortcut } from '#components/shortcuts/shortcut.ts';
import { useShortcuts } from '#components/shortcuts/use-shortcuts.ts';

const ShortcutsSheet = lazy(async () => ({ default: (await import('./shortcuts-sheet.tsx')).ShortcutsSheet }));

/** Shows the sheet of shortcuts on `?`; its code comes with the first press. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);
  const [keys] = useState<readonly Shortcut[]>(() => [
    { keys: ['?'], does: 'This sheet', run: () => setOpen((before) => !before) },
  ]);
  useShortcuts(keys);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <ShortcutsSheet onClose={() => setOpen(false)} />
    </Suspense>
  );
}
