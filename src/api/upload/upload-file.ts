import { APIError, NotFoundError, PayloadTooLargeError, VideoSDKError } from '../errors.ts';
import type { MultipartRef, UploadsResource } from '../resources/uploads.ts';
import type { UploadedPart, UploadJob } from '../schemas/uploads.ts';
import { guessContentType } from './content-type.ts';
import { keepTrying } from './keep-trying.ts';
import { choosePartSize } from './part-size.ts';
import { assertReadable } from './readable-file.ts';
import { type SendPartsOptions, sendParts } from './send-parts.ts';
import { DifferentFileError, fingerprintOf, type UploadSession } from './session.ts';

export interface UploadFileOptions extends SendPartsOptions {
  readonly name: string;
  readonly filename: string;
  readonly useDynamicHls?: boolean;
  readonly contentType?: string;
  /** Bytes a part; grown where 10,000 parts would not be enough. Default 10 MiB. */
  readonly partSize?: number;
  /** Files up to so many bytes go in one request; where the platform finds that too large, in parts after all. Default 0. */
  readonly directUpTo?: number;
  /**
   * Names this upload, so that a file that goes in one request is stored, and charged, once however often it is sent, also
   * after a reload. By default, each call is an upload of its own.
   */
  readonly idempotencyKey?: string;
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

const createKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const refOf = ({ s3ObjectName, uploadId }: UploadSession): MultipartRef => ({ s3ObjectName, uploadId });

function preprocess(uploads: UploadsResource, session: UploadSession, options: UploadFileOptions): Promise<UploadJob> {
  const { name, useDynamicHls, signal, onWait } = options;
  const video = { s3ObjectName: session.s3ObjectName, videoId: session.videoId, name, useDynamicHls };
  return uploads.preprocess(video, { signal, onWait });
}

async function begin(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadSession> {
  const { filename, signal, onWait } = options;
  const contentType = options.contentType || file.type || guessContentType(filename);
  const fingerprint = await fingerprintOf(file);
  const idempotencyKey = createKey();
  const initiate = () => uploads.initiateMultipart(filename, contentType, { signal, onWait, idempotencyKey });
  const started = await keepTrying(initiate, options);
  return {
    videoId: started.video_id,
    s3ObjectName: started.s3_object_name,
    uploadId: started.upload_id,
    partSize: choosePartSize(file.size, options.partSize),
    size: file.size,
    fingerprint,
  };
}

/** Drops what a cancelled or failed upload has left. */
const drop = (uploads: UploadsResource, session: UploadSession) =>
  uploads.abortMultipart(refOf(session)).catch(() => undefined);

type Earlier = { readonly arrived: UploadedPart[] } | { readonly job: UploadJob } | null;

/**
 * What became of an earlier try: parts that have arrived, or (its last answer was lost) a whole object; null when it is
 * gone and must be begun again.
 */
async function earlierTry(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<Earlier> {
  const { session, signal, onWait } = options;
  if (!session) return null;
  if (file.size !== session.size || (await fingerprintOf(file)) !== session.fingerprint) throw new DifferentFileError();
  try {
    const list = () => uploads.listParts(refOf(session), { signal, onWait });
    return { arrived: await keepTrying(list, options) };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  try {
    return { job: await keepTrying(() => preprocess(uploads, session, options), options) };
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return null;
    throw error;
  }
}

/** One request for a small file; null when the platform wants it in parts. */
async function sendDirect(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadJob | null> {
  const { name, filename, useDynamicHls, signal, onWait, onProgress } = options;
  // Another file is another upload, whatever it is named.
  const idempotencyKey = `${options.idempotencyKey ?? createKey()} ${await fingerprintOf(file)}`;
  const send = () => uploads.direct(file, { name, filename, useDynamicHls }, { signal, onWait, idempotencyKey });
  onProgress?.(0, file.size, { arrived: 0, inFlight: 1, total: 1 });
  try {
    const job = await keepTrying(send, options);
    onProgress?.(file.size, file.size, { arrived: 1, inFlight: 0, total: 1 });
    return job;
  } catch (error) {
    if (error instanceof PayloadTooLargeError) return null;
    throw error;
  }
}

async function complete(
  uploads: UploadsResource,
  session: UploadSession,
  parts: UploadedPart[],
  options: UploadFileOptions,
) {
  const { signal, onWait } = options;
  // Joining the parts of a large file takes the store a while.
  const call = { signal, onWait, timeoutMs: 600_000 };
  let again = false;
  const join = async () => {
    try {
      await uploads.completeMultipart(refOf(session), parts, call);
    } catch (error) {
      // The first answer was lost on its way: the upload is not open any more because it is complete.
      if (again && error instanceof NotFoundError) return;
      again = true;
      throw error;
    }
  };
  await keepTrying(join, options);
}

/**
 * The whole flow: small files in one request where `directUpTo` allows it, all others initiate (or resume), parts,
 * complete, preprocess. If anything fails before `complete` has succeeded, the upload is aborted so that no orphaned
 * parts stay behind (unless `onSession` keeps it for later). If only `preprocess` fails, the object stays and a
 * `PreprocessError` names it.
 */
export async function uploadFile(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadJob> {
  await assertReadable(file);
  const earlier = await earlierTry(uploads, file, options).catch(async (error) => {
    if (options.session && options.signal?.aborted) await drop(uploads, options.session);
    throw error;
  });
  if (earlier && 'job' in earlier) return earlier.job;
  if (!earlier && file.size <= (options.directUpTo ?? 0)) {
    const job = await sendDirect(uploads, file, options);
    if (job) return job;
  }
  const session = earlier && options.session ? options.session : await begin(uploads, file, options);
  options.onSession?.(session);
  try {
    const plan = { uploads, ref: refOf(session), file, partSize: session.partSize, arrived: earlier?.arrived ?? [] };
    await complete(uploads, session, await sendParts(plan, options), options);
  } catch (error) {
    const keep = options.onSession !== undefined && !options.signal?.aborted;
    if (!keep) await drop(uploads, session);
    throw error;
  }
  try {
    return await keepTrying(() => preprocess(uploads, session, options), options);
  } catch (error) {
    throw new PreprocessError(session.s3ObjectName, session.videoId, error);
  }
}
