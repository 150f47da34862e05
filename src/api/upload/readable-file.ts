import { UnreadableFileError } from './upload-errors.ts';

/** Throws an `UnreadableFileError` when a file that was picked is gone from the disk, changed, or locked. */
export async function assertReadable(file: Blob): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new UnreadableFileError({ cause });
  }
}
