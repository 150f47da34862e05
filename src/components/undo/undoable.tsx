import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { sentenceOf } from '#api/errors.ts';
import { useHidden } from '#stores/hidden.ts';

/** How long something can be taken back before the request is sent. */
const UNDO_MS = 7_000;

export interface Undoable {
  /** What goes from the lists at once. */
  readonly keys: readonly string[];
  /** What is happening, as a sentence. */
  readonly message: string;
  /** Said when the request is refused. */
  readonly failure: string;
  run(): Promise<unknown>;
}

/** The last thing that can still be taken back. */
let undoLast: (() => void) | null = null;

/** Takes back the last thing that can be; nothing when there is none. */
export const undo = (): void => undoLast?.();

/** Does something after a while in which it can be taken back. Should the page go meanwhile, it was never done. */
export function undoable({ keys, message, failure, run }: Undoable): void {
  const { hide, show } = useHidden.getState();
  const id = crypto.randomUUID();
  const end = () => {
    notifications.hide(id);
    if (undoLast === takeBack) undoLast = null;
  };
  const timer = setTimeout(async () => {
    end();
    try {
      await run();
    } catch (error) {
      notifications.show({ color: 'red', title: failure, message: sentenceOf(error) });
    } finally {
      show(keys);
    }
  }, UNDO_MS);
  const takeBack = () => {
    clearTimeout(timer);
    end();
    show(keys);
  };
  hide(keys);
  undoLast = takeBack;
  notifications.show({
    id,
    autoClose: false,
    withCloseButton: false,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="subtle" onClick={takeBack}>
          Undo
        </Button>
      </Group>
    ),
  });
}
