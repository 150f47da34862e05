/**
 * True when the object store cannot be reached right now, or has a problem of its own: the same request may well succeed a little
 * later. Goes by what the AWS SDK marks its errors with, so that nothing has to load it that does not use a bucket.
 */
export function isStoreUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || !('$metadata' in error)) return false;
  const { $metadata } = error;
  const status =
    typeof $metadata === 'object' && $metadata !== null && 'httpStatusCode' in $metadata
      ? $metadata.httpStatusCode
      : null;
  // Without a status, there was no answer.
  return typeof status !== 'number' || status >= 500 || status === 429;
}
