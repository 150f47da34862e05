import { VideoSDKError } from '../errors.ts';

/** The file's bytes cannot be read any more. */
export class UnreadableFileError extends VideoSDKError {
  override name = 'UnreadableFileError';

  constructor(options?: ErrorOptions) {
    super(
      'The file cannot be read: it was moved, changed or deleted since it was picked, or may not be opened.',
      options,
    );
  }
}

/** Throws an `UnreadableFileError` when a file that was picked is gone from the disk, changed, or locked. */
export async function assertReadable(file: Blob): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new UnreadableFileError({ cause });
  }
}
