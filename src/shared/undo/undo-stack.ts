/** What can be undone, the last thing at the end. */
const actions: (() => void)[] = [];

/** Adds something that Ctrl+Z undoes; the returned function takes it away again. */
export function pushUndo(undoAction: () => void): () => void {
  actions.push(undoAction);
  return () => {
    const at = actions.lastIndexOf(undoAction);
    if (at >= 0) actions.splice(at, 1);
  };
}

/** Undoes the last thing that can be undone. */
export const undo = (): void => actions.pop()?.();
