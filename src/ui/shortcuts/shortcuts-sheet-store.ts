import { create } from 'zustand';

interface ShortcutsSheetState {
  readonly isOpen: boolean;
  toggle(): void;
}

/** Whether the sheet of shortcuts is shown: a key opens it, and a button on the Settings page. */
export const useShortcutsSheet = create<ShortcutsSheetState>()((set) => ({
  isOpen: false,
  toggle: () => set(({ isOpen }) => ({ isOpen: !isOpen })),
}));
