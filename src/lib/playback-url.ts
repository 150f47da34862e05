/**
 * Where the browser fetches HLS from: always its own origin, whose gateway adds the key. URLs below the platform's own
 * (which may have a path) keep what follows it; others (already ours, or not the platform's) stay as they are.
 */
export function playbackUrl(url: string, platformUrl: string | null, pageOrigin: string): string {
  if (platformUrl === null) return url;
  const { href } = new URL(url, pageOrigin);
  return href.startsWith(`${platformUrl}/`) ? `${pageOrigin}${href.slice(platformUrl.length)}` : url;
}
