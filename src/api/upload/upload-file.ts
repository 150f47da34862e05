import type { UploadedPart, UploadJob } from '../contracts/uploads.ts';
import { APIError, NotFoundError, PayloadTooLargeError } from '../errors.ts';
import type { MultipartRef, UploadsResource } from '../resources/uploads.ts';
import { createIdempotencyKey } from '../retry.ts';
import { getFilename, guessContentType } from './filename.ts';
import { type SendPartsOptions, sendParts } from './send-parts.ts';
import { retryStep } from './upload-control.ts';
import { assertReadable, DifferentFileError, PreprocessError } from './upload-errors.ts';
import { choosePartSize, getFingerprint, type UploadSession } from './upload-session.ts';

export interface UploadFileOptions extends SendPartsOptions {
  /** The video's name. */
  readonly name: string;
  /** Default: the name of the `File`; for a `Blob` without one, `name`. */
  readonly filename?: string;
  readonly useDynamicHls?: boolean;
  /** Default: the type of the file, else what its extension stands for. */
  readonly contentType?: string | undefined;
  /** Bytes per part; grown where 10,000 parts would not be enough. Default 10 MiB. */
  readonly partSize?: number;
  /** Files up to so many bytes go in one request; where the platform finds that too large, in parts after all. Default 0. */
  readonly directUpTo?: number;
  /**
   * Names this upload, so that a file that goes in one request is stored, and charged, once however often it is sent, also
   * after a reload. By default, each call is an upload of its own.
   */
  readonly idempotencyKey?: string;
  /**
   * Resumes an upload that was started before; the file must be the same one. Where the platform does not have it any more, the
   * upload starts anew, and `onSession` is called with the new one.
   */
  readonly session?: UploadSession;
  /**
   * Called with what must be kept to resume, before any byte is sent. Where given, a failure leaves the parts in place
   * for the next try; only a cancel drops them.
   */
  readonly onSession?: (session: UploadSession) => void;
}

const getContentType = (file: Blob, filename: string, { contentType }: UploadFileOptions): string =>
  contentType || file.type || guessContentType(filename);

const toRef = ({ s3ObjectName, uploadId }: UploadSession): MultipartRef => ({ s3ObjectName, uploadId });

/** How the requests of a step are sent: the step, not the request, is repeated. */
const toCall = ({ signal }: UploadFileOptions) => ({ signal, retries: 0 });

function preprocess(uploads: UploadsResource, session: UploadSession, options: UploadFileOptions): Promise<UploadJob> {
  const { name, useDynamicHls } = options;
  const video = { s3ObjectName: session.s3ObjectName, videoId: session.videoId, name, useDynamicHls };
  return retryStep(() => uploads.preprocess(video, toCall(options)), options);
}

async function startMultipart(
  uploads: UploadsResource,
  file: Blob,
  options: UploadFileOptions,
): Promise<UploadSession> {
  const filename = getFilename(file, options);
  const contentType = getContentType(file, filename, options);
  const fingerprint = await getFingerprint(file);
  const call = { ...toCall(options), idempotencyKey: createIdempotencyKey() };
  const started = await retryStep(() => uploads.initiateMultipart(filename, contentType, call), options);
  return {
    videoId: started.video_id,
    s3ObjectName: started.s3_object_name,
    uploadId: started.upload_id,
    partSize: choosePartSize(file.size, options.partSize),
    size: file.size,
    fingerprint,
  };
}

/** Drops what a cancelled or failed upload has left. It may be gone already. */
const dropParts = (uploads: UploadsResource, session: UploadSession) =>
  uploads.abortMultipart(toRef(session)).catch(() => undefined);

/** Refusals that say nothing about the upload itself: the key is wrong, or there are too many requests. */
const OTHER_REFUSALS: readonly number[] = [401, 403, 408, 429];

/** True when the platform does not know an upload, or what became of it, any more. */
const isGone = (error: unknown) =>
  error instanceof APIError && error.statusCode < 500 && !OTHER_REFUSALS.includes(error.statusCode);

type Resumed = { readonly arrived: UploadedPart[] } | { readonly job: UploadJob } | null;

/**
 * What became of the upload that a session names: parts that have arrived, or (its last answer was lost) a whole object that
 * is being processed now; null when it is gone and must be started anew.
 */
async function resumeUpload(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<Resumed> {
  const { session } = options;
  if (!session) return null;
  if (file.size !== session.size || (await getFingerprint(file)) !== session.fingerprint) {
    throw new DifferentFileError();
  }
  try {
    return { arrived: await retryStep(() => uploads.listParts(toRef(session), toCall(options)), options) };
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  try {
    return { job: await preprocess(uploads, session, options) };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** One request for a small file; null when the platform wants it in parts. */
async function sendDirect(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadJob | null> {
  const { name, useDynamicHls, onProgress } = options;
  const filename = getFilename(file, options);
  const type = getContentType(file, filename, options);
  // Another file is another upload, whatever it is named.
  const idempotencyKey = `${options.idempotencyKey ?? createIdempotencyKey()} ${await getFingerprint(file)}`;
  const call = { ...toCall(options), idempotencyKey };
  onProgress?.(0, file.size, { arrived: 0, inFlight: 1, total: 1 });
  try {
    const job = await retryStep(
      () => uploads.direct(file.slice(0, file.size, type), { name, filename, useDynamicHls }, call),
      options,
    );
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
  let isRepeated = false;
  const join = async () => {
    try {
      await uploads.completeMultipart(toRef(session), parts, toCall(options));
    } catch (error) {
      // The first answer was lost on its way: the upload is not open any more because it is complete.
      if (isRepeated && error instanceof NotFoundError) return;
      isRepeated = true;
      throw error;
    }
  };
  await retryStep(join, options);
}

/**
 * The whole flow: small files in one request where `directUpTo` allows it, all others initiate (or resume), parts,
 * complete, preprocess. If anything fails before `complete` has succeeded, the upload is aborted so that no orphaned
 * parts stay behind (unless `onSession` keeps it for later). If only `preprocess` fails, the object stays and a
 * `PreprocessError` names it.
 */
export async function uploadFile(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadJob> {
  await assertReadable(file);
  const resumed = await resumeUpload(uploads, file, options).catch(async (error) => {
    if (options.session && options.signal?.aborted) await dropParts(uploads, options.session);
    throw error;
  });
  if (resumed && 'job' in resumed) return resumed.job;
  if (!resumed && file.size <= (options.directUpTo ?? 0)) {
    const job = await sendDirect(uploads, file, options);
    if (job) return job;
  }
  const session = resumed && options.session ? options.session : await startMultipart(uploads, file, options);
  options.onSession?.(session);
  try {
    const plan = { uploads, ref: toRef(session), file, partSize: session.partSize, arrived: resumed?.arrived ?? [] };
    await complete(uploads, session, await sendParts(plan, options), options);
  } catch (error) {
    const isKept = options.onSession !== undefined && !options.signal?.aborted;
    if (!isKept) await dropParts(uploads, session);
    throw error;
  }
  try {
    return await preprocess(uploads, session, options);
  } catch (error) {
    throw new PreprocessError(session.s3ObjectName, session.videoId, error);
  }
}
