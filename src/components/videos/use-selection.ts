import { useMemo, useState } from 'react';
import {
  keepKnown,
  type Modifiers,
  move,
  NOTHING_SELECTED,
  press,
  type Selection,
  selectAll,
} from '#stores/selection.ts';

/** A selection over the ids of a list, with what can be done to it. */
export interface SelectionControls {
  readonly selection: Selection;
  readonly chosen: readonly string[];
  press(id: string, modifiers?: Modifiers): void;
  /** Moves the keyboard's place by so many items; answers the id that it lands on. */
  move(by: number, range: boolean): string | null;
  /** The keyboard has come to an item by itself, say with Tab or a press. */
  focusOn(id: string): void;
  all(): void;
  clear(): void;
}

/** Selection over `ids`, in their order. What leaves the list leaves the selection. */
export function useSelection(ids: readonly string[]): SelectionControls {
  const [stored, setSelection] = useState(NOTHING_SELECTED);
  const selection = useMemo(() => keepKnown(stored, ids), [stored, ids]);
  return {
    selection,
    chosen: ids.filter((id) => selection.chosen.has(id)),
    press: (id, modifiers) => setSelection(press(selection, ids, id, modifiers)),
    move: (by, range) => {
      const next = move(selection, ids, by, range);
      setSelection(next);
      return next.focus;
    },
    focusOn: (id) => {
      if (selection.focus !== id) setSelection({ ...selection, focus: id });
    },
    all: () => setSelection(selectAll(selection, ids)),
    clear: () => setSelection({ ...NOTHING_SELECTED, focus: selection.focus }),
  };
}
