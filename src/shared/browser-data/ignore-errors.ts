/** Private windows and full disks refuse to store: what was to be kept then lives as long as the page. */
export async function ignoreErrors<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
