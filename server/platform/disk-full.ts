/** What people are told when the disk that holds `DATA_DIR` has no room left. */
export const DISK_FULL = "The platform's disk is full. Free some space, then try again.";

/** True for every way in which Node, FFmpeg and Postgres say that there is no room. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === '53100')) return true;
  return /no space left on device|disk quota exceeded|ENOSPC/i.test(error.message) || isDiskFull(error.cause);
}
