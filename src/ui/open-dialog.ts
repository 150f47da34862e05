import { modals } from '@mantine/modals';

type Dialog = Parameters<typeof modals.open>[0];
type Question = Parameters<typeof modals.openConfirmModal>[0];

let resolveHost: () => void = () => undefined;
const host = new Promise<void>((resolve) => {
  resolveHost = resolve;
});

/** Called by what shows dialogs, once it does: it comes after the first page, and what is asked for before must not be lost. */
export const dialogsAreShown = (): void => resolveHost();

export const openDialog = async (dialog: Dialog): Promise<void> => {
  await host;
  modals.open(dialog);
};

/** Asks something that is answered by one of two buttons. */
export const confirm = async (question: Question): Promise<void> => {
  await host;
  modals.openConfirmModal(question);
};
