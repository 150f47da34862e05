import { useMemo, useState } from 'react';

/**
 * Selection as file managers have it, over a list of ids in its order. Plain functions: the ids in view change, the rules
 * do not.
 */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Where a range starts. */
  readonly anchor: string | null;
  /** Where the keyboard is. */
  readonly focus: string | null;
}

export const NOTHING_SELECTED: Selection = { chosen: new Set(), anchor: null, focus: null };

export interface Modifiers {
  /** Extends from the anchor to here. */
  readonly range?: boolean;
  /** Adds or takes away this one. */
  readonly toggle?: boolean;
}

function between(ids: readonly string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** The selection after a press on an item. */
export function press(
  selection: Selection,
  ids: readonly string[],
  id: string,
  { range, toggle }: Modifiers = {},
): Selection {
  if (range && selection.anchor !== null) {
    const span = between(ids, selection.anchor, id);
    const chosen = toggle ? new Set([...selection.chosen, ...span]) : new Set(span);
    return { chosen, anchor: selection.anchor, focus: id };
  }
  if (toggle) {
    const chosen = new Set(selection.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    return { chosen, anchor: id, focus: id };
  }
  return { chosen: new Set([id]), anchor: id, focus: id };
}

/** The selection after the keyboard has moved `by` items; with `range` it grows, without it only the focus moves. */
export function move(selection: Selection, ids: readonly string[], by: number, range: boolean): Selection {
  const at = selection.focus === null ? -1 : ids.indexOf(selection.focus);
  const next = ids[Math.max(0, Math.min(ids.length - 1, at < 0 ? 0 : at + by))];
  if (next === undefined) return selection;
  if (!range) return { ...selection, focus: next };
  const anchor = selection.anchor ?? selection.focus ?? next;
  return { chosen: new Set(between(ids, anchor, next)), anchor, focus: next };
}

export const selectAll = (selection: Selection, ids: readonly string[]): Selection => ({
  ...selection,
  chosen: new Set(ids),
});

/** What is left of a selection when the list has changed under it. */
export function keepKnown(selection: Selection, ids: readonly string[]): Selection {
  const known = new Set(ids);
  const chosen = [...selection.chosen].filter((id) => known.has(id));
  return chosen.length === selection.chosen.size ? selection : { ...selection, chosen: new Set(chosen) };
}

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
