import { useEffect } from 'react';
import { create } from 'zustand';

/** A key that does something, as data: the same list is obeyed and shown. */
export interface Shortcut {
  /** `KeyboardEvent.key`s that do it, as typed without modifiers; letters in lower case. */
  readonly keys: readonly string[];
  /** True when shift must be held; keys that are typed with shift on some keyboards name themselves. */
  readonly shift?: boolean;
  /** How the keys are shown, where their names are no good. */
  readonly shown?: readonly string[];
  readonly does: string;
  /** False while the key is better left to the browser. */
  when?(): boolean;
  run(event: KeyboardEvent): void;
}

const TYPES =
  'input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';
const USES_ARROWS =
  '[role=slider], [role=separator], [role=tab], [role=menuitem], [role=option], [role=gridcell], [role=radio], input';
const PRESSABLE = 'button, a[href], summary, [role=button], [role=menuitem], [role=tab], input';

/** True when a key is meant for what has the focus, not for the page. */
function isForElement(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role=dialog], [role=menu], [role=listbox]')) return true;
  if (target.matches(TYPES)) return true;
  if (key.startsWith('Arrow') || key === 'Home' || key === 'End') return target.matches(USES_ARROWS);
  if (key === ' ' || key === 'Enter') return target.matches(PRESSABLE) && !target.matches('[data-player-stage]');
  return false;
}

/** The shortcut that a key event is for. */
export function shortcutFor<T extends Omit<Shortcut, 'run' | 'when'>>(
  shortcuts: readonly T[],
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): T | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // Signs such as `?` or `+` need shift on some keyboards, so only letters and named keys mind it.
  const mindsShift = /^[a-z]$|^..+/.test(key);
  return shortcuts.find(({ keys, shift = false }) => keys.includes(key) && (!mindsShift || shift === event.shiftKey));
}

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

interface ShortcutsSheetState {
  readonly isOpen: boolean;
  toggle(): void;
}

/** Whether the sheet of shortcuts is shown: a key opens it, and a button on the Settings page. */
export const useShortcutsSheet = create<ShortcutsSheetState>()((set) => ({
  isOpen: false,
  toggle: () => set(({ isOpen }) => ({ isOpen: !isOpen })),
}));
