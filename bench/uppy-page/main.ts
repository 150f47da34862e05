import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';

export interface UppyUpload {
  readonly file: File;
  readonly ref: { readonly uploadId: string; readonly key: string };
  readonly partBytes: number;
  readonly parallel: number;
}

/** The URL of one part, which the platform is asked for as the Upload page asks for it. */
async function signPart({ uploadId, key }: UppyUpload['ref'], partNumber: number): Promise<{ url: string }> {
  const response = await fetch('/api/backend/v1/developer/uploads/multipart/part-url', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ s3_object_name: key, upload_id: uploadId, part_number: partNumber }),
  });
  return response.json();
}

/** Sends one file by Uppy's multipart plugin. Resolves when all parts are there. */
async function uploadByUppy({ file, ref, partBytes, parallel }: UppyUpload): Promise<void> {
  const uppy = new Uppy().use(AwsS3, {
    limit: parallel,
    shouldUseMultipart: true,
    getChunkSize: () => partBytes,
    createMultipartUpload: async () => ref,
    signPart: (_, { partNumber }) => signPart(ref, partNumber),
    listParts: async () => [],
    abortMultipartUpload: async () => undefined,
    completeMultipartUpload: async () => ({}),
  });
  uppy.addFile({ name: file.name, type: file.type, data: file });
  const result = await uppy.upload();
  if (result?.failed?.length !== 0) throw new Error('Uppy did not send the file.');
}

Object.assign(globalThis, { uploadByUppy });
