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

/** The file is not the one whose upload is to be resumed. */
export class DifferentFileError extends VideoSDKError {
  override name = 'DifferentFileError';

  constructor() {
    super('This is another file than the one whose upload was started.');
  }
}

/** The object is uploaded and durable, but processing could not be started; `preprocess` may be called again. */
export class PreprocessError extends VideoSDKError {
  override name = 'PreprocessError';
  readonly s3ObjectName: string;
  readonly videoId: string;

  constructor(s3ObjectName: string, videoId: string, cause: unknown) {
    super('The file is uploaded, but processing could not be started.', { cause });
    this.s3ObjectName = s3ObjectName;
    this.videoId = videoId;
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
