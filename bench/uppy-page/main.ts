import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';

export interface UppyUpload {
  readonly file: File;
  readonly ref: { readonly uploadId: string; readonly key: string };
  /** Presigned, in order. */
  readonly urls: readonly string[];
  readonly partBytes: number;
  readonly parallel: number;
}

/** Sends one file by Uppy's multipart plugin, to URLs that are signed already. Resolves when all parts are there. */
async function uploadByUppy({ file, ref, urls, partBytes, parallel }: UppyUpload): Promise<void> {
  const uppy = new Uppy().use(AwsS3, {
    limit: parallel,
    shouldUseMultipart: true,
    getChunkSize: () => partBytes,
    createMultipartUpload: async () => ref,
    signPart: async (_, { partNumber }) => ({ url: urls[partNumber - 1] ?? '' }),
    listParts: async () => [],
    abortMultipartUpload: async () => undefined,
    completeMultipartUpload: async () => ({}),
  });
  uppy.addFile({ name: file.name, type: file.type, data: file });
  const result = await uppy.upload();
  if (result?.failed?.length !== 0) throw new Error('Uppy did not send the file.');
}

Object.assign(globalThis, { uploadByUppy });
