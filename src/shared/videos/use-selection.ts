import { useMemo, useState } from 'react';
import {
  keepKnown,
  type Modifiers,
  move,
  NOTHING_SELECTED,
  press,
  type Selection,
  selectAll,
} from './selection-store.ts';

/** A selection over the ids of a list, with what can be done to it. */
export interface SelectionControls {
  readonly selection: Selection;
  readonly chosen: readonly string[];
  press(id: string, modifiers?: Modifiers): void;
  /** Moves the keyboard's place by so many items; answers the id that it lands on. */
  move(by: number, range: boolean): string | null;
  /** The keyboard has come to an item by itself, say with Tab or a press. */
  focusOn(id: string): void;
  /** Chooses just these. */
  choose(ids: readonly string[]): void;
  all(): void;
  clear(): void;
}

/** Selection over `ids`, in their order. What leaves the list leaves the selection. */
export function useSelection(ids: readonly string[]): SelectionControls {
  const [stored, setStored] = useState(NOTHING_SELECTED);
  const selection = useMemo(() => keepKnown(stored, ids), [stored, ids]);
  // From what is stored at the moment: a drag calls these long after the page was drawn.
  const change = (by: (selection: Selection) => Selection) => setStored((latest) => by(keepKnown(latest, ids)));
  return {
    selection,
    chosen: ids.filter((id) => selection.chosen.has(id)),
    press: (id, modifiers) => change((latest) => press(latest, ids, id, modifiers)),
    move: (by, range) => {
      change((latest) => move(latest, ids, by, range));
      return move(selection, ids, by, range).focus;
    },
    focusOn: (id) => change((latest) => (latest.focus === id ? latest : { ...latest, focus: id })),
    choose: (wanted) =>
      change((latest) => ({ ...latest, chosen: new Set(wanted), anchor: wanted[0] ?? latest.anchor })),
    all: () => change((latest) => selectAll(latest, ids)),
    clear: () => change((latest) => ({ ...NOTHING_SELECTED, focus: latest.focus })),
  };
}
