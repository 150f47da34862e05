import { modals } from '@mantine/modals';

type Dialog = Parameters<typeof modals.open>[0];
type Question = Parameters<typeof modals.openConfirmModal>[0];

const host = Promise.withResolvers<void>();

/** Called by what shows dialogs, once it does: it comes after the first page, and what is asked for before must not be lost. */
export const dialogsAreShown = host.resolve;

/** Opens a dialog. */
export const openDialog = async (dialog: Dialog): Promise<void> => {
  await host.promise;
  modals.open(dialog);
};

/** Asks something that is answered by one of two buttons. */
export const askFirst = async (question: Question): Promise<void> => {
  await host.promise;
  modals.openConfirmModal(question);
};
