import { NotFoundError, VideoSDKError } from '../errors.ts';
import type { MultipartRef, UploadsResource } from '../resources/uploads.ts';
import type { UploadedPart, UploadJob } from '../schemas/uploads.ts';
import { guessContentType } from './content-type.ts';
import { choosePartSize } from './part-size.ts';
import { type SendPartsOptions, sendParts } from './send-parts.ts';
import { DifferentFileError, fingerprintOf, type UploadSession } from './session.ts';

export interface UploadFileOptions extends SendPartsOptions {
  readonly name: string;
  readonly filename: string;
  readonly useDynamicHls?: boolean;
  readonly contentType?: string;
  /** Bytes a part; grown where 10,000 parts would not be enough. Default 10 MiB. */
  readonly partSize?: number;
  /** Goes on with an upload that was begun before; the file must be the same one. */
  readonly session?: UploadSession;
  /**
   * Called with what must be kept to resume, before any byte is sent. Where given, a failure leaves the parts in place
   * for the next try; only a cancel drops them.
   */
  readonly onSession?: (session: UploadSession) => void;
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

const refOf = ({ s3ObjectName, uploadId }: UploadSession): MultipartRef => ({ s3ObjectName, uploadId });

async function begin(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadSession> {
  const contentType = options.contentType || file.type || guessContentType(options.filename);
  const started = await uploads.initiateMultipart(options.filename, contentType, { signal: options.signal });
  return {
    videoId: started.video_id,
    s3ObjectName: started.s3_object_name,
    uploadId: started.upload_id,
    partSize: choosePartSize(file.size, options.partSize),
    size: file.size,
    fingerprint: await fingerprintOf(file),
  };
}

/** The parts of an earlier try; null when that upload is gone and must be begun again. */
async function arrivedBefore(
  uploads: UploadsResource,
  file: Blob,
  { session, signal }: UploadFileOptions,
): Promise<UploadedPart[] | null> {
  if (!session) return null;
  if (file.size !== session.size || (await fingerprintOf(file)) !== session.fingerprint) throw new DifferentFileError();
  try {
    return await uploads.listParts(refOf(session), { signal });
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/**
 * The whole multipart flow: initiate (or resume), parts, complete, preprocess. If anything fails before `complete` has
 * succeeded, the upload is aborted so that no orphaned parts stay behind (unless `onSession` keeps it for later). If only
 * `preprocess` fails, the object stays and a `PreprocessError` names it.
 */
export async function uploadFile(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadJob> {
  const arrived = await arrivedBefore(uploads, file, options);
  const session = arrived && options.session ? options.session : await begin(uploads, file, options);
  const ref = refOf(session);
  options.onSession?.(session);
  try {
    const plan = { uploads, ref, file, partSize: session.partSize, arrived: arrived ?? [] };
    const parts = await sendParts(plan, options);
    // Joining the parts of a large file takes the store a while.
    await uploads.completeMultipart(ref, parts, { signal: options.signal, timeoutMs: 600_000 });
  } catch (error) {
    const keep = options.onSession !== undefined && !options.signal?.aborted;
    if (!keep) await uploads.abortMultipart(ref).catch(() => undefined);
    throw error;
  }
  try {
    const { name, useDynamicHls, signal } = options;
    const video = { s3ObjectName: ref.s3ObjectName, videoId: session.videoId, name, useDynamicHls };
    return await uploads.preprocess(video, { signal });
  } catch (error) {
    throw new PreprocessError(ref.s3ObjectName, session.videoId, error);
  }
}
