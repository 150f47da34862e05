import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { createId } from '#lib/create-id.ts';
import { showFailure } from '#ui/show-failure.ts';
import { usePendingDeletions } from './pending-deletions-store.ts';
import { pushUndo } from './undo-stack.ts';

const UNDO_MS = 7_000;

export interface Undoable<Result> {
  /** What is hidden from lists at once. */
  readonly keys: readonly string[];
  /** What has happened, as a sentence. */
  readonly message: string;
  /** Title of the notification when it is refused. */
  readonly failure: string;
  /** Does it. Without `revert`, it is called when Undo is no longer offered or the page is left, and must outlive the page. */
  run(): Promise<Result>;
  /** The inverse. With it, `run` is called at once. */
  revert?(result: Result): Promise<unknown>;
}

/**
 * Does something and offers to undo it. Where there is an inverse, it is done at once and Undo calls the inverse; where there
 * is none, the request waits until Undo is no longer offered, and is sent when the page is left before that.
 */
export function undoable<Result>({ keys, message, failure, run, revert }: Undoable<Result>): void {
  const { hide, show } = usePendingDeletions.getState();
  const id = createId();
  let isOffered = true;

  /** Ends the offer; false when it had ended before. */
  const endOffer = () => {
    if (!isOffered) return false;
    isOffered = false;
    clearTimeout(timer);
    window.removeEventListener('pagehide', whenLeaving);
    notifications.hide(id);
    removeUndo();
    return true;
  };
  const start = async (): Promise<{ result: Result } | null> => {
    try {
      return { result: await run() };
    } catch (error) {
      endOffer();
      showFailure(failure)(error);
      show(keys);
      return null;
    }
  };
  const started = revert ? start() : null;

  /** Goes through with it. */
  const settle = async () => {
    if (!endOffer()) return;
    await (started ?? start());
    show(keys);
  };
  const whenLeaving = () => void settle();
  const takeBack = async () => {
    if (!endOffer()) return;
    try {
      const done = await started;
      if (done) await revert?.(done.result);
    } catch (error) {
      showFailure('Undo failed')(error);
    } finally {
      show(keys);
    }
  };

  const takeBackLater = () => void takeBack();

  hide(keys);
  const timer = setTimeout(() => void settle(), UNDO_MS);
  window.addEventListener('pagehide', whenLeaving);
  const removeUndo = pushUndo(takeBackLater);
  notifications.show({
    id,
    autoClose: false,
    withCloseButton: false,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="subtle" onClick={takeBackLater}>
          Undo
        </Button>
      </Group>
    ),
  });
}
