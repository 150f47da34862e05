import { useEffect } from 'react';
import { startUploadRunner } from './upload-runner.ts';

/** Keeps the upload queue going, whichever page is open. */
export function UploadHost() {
  useEffect(startUploadRunner, []);
  return null;
}
