import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { SelectionControls } from './use-selection.ts';

interface GridKeys {
  readonly controls: SelectionControls;
  readonly columns: number;
  /** Brings an item into view, so that it is on the page and can take the focus. */
  reveal(id: string): void;
  onOpen(id: string): void;
  onDelete?(): void;
}

const isInField = (target: EventTarget) => target instanceof HTMLElement && target.matches('input, textarea, select');

/** How far an arrow or paging key goes, in items; null for other keys. */
function getStep(key: string, columns: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * 4,
    PageUp: -columns * 4,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return steps[key] ?? null;
}

/** The keyboard of a grid or table of videos: arrows, shift, space, ctrl/cmd-A, Enter, Delete, Escape. */
export function useGridKeys(
  container: RefObject<HTMLElement | null>,
  { controls, columns, reveal, onOpen, onDelete }: GridKeys,
) {
  const wanted = useRef<string | null>(null);

  // The item may have to be drawn first, so the focus follows after the page has been.
  useEffect(() => {
    if (wanted.current === null) return;
    const cell = container.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(wanted.current)}"]`);
    if (!cell) return;
    cell.focus({ preventScroll: true });
    wanted.current = null;
  });

  const onFocus = (event: FocusEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.id : undefined;
    if (id !== undefined) controls.focusOn(id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isInField(event.target)) return;
    const { focus } = controls.selection;
    const onCell = event.target instanceof HTMLElement && event.target.dataset.id !== undefined;
    const step = getStep(event.key, columns);
    if (step !== null) {
      event.preventDefault();
      const id = controls.move(step, event.shiftKey);
      if (id === null) return;
      wanted.current = id;
      reveal(id);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      controls.all();
    } else if (event.key === ' ' && onCell && focus) {
      event.preventDefault();
      controls.press(focus, { toggle: true, range: event.shiftKey });
    } else if (event.key === 'Enter' && onCell && focus) {
      onOpen(focus);
    } else if (event.key === 'Delete' && controls.chosen.length > 0) {
      onDelete?.();
    } else if (event.key === 'Escape') {
      controls.clear();
    }
  };
  return { onFocus, onKeyDown };
}
