import type { Shortcut } from '#ui/shortcuts.ts';

/** The keys that go through the results; without results, for showing only. */
export const resultKeys = (go: ((by: 1 | -1) => void) | null): readonly Shortcut[] => [
  { keys: ['n'], does: 'Next result', run: () => go?.(1) },
  { keys: ['p'], does: 'Previous result', run: () => go?.(-1) },
];
