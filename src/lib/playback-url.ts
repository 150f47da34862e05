/**
 * Where the browser fetches HLS from: always its own origin, whose gateway adds the key. URLs on the platform's origin
 * keep their path; others (already ours, or not the platform's) stay as they are.
 */
export function playbackUrl(url: string, platformOrigin: string | null, pageOrigin: string): string {
  if (platformOrigin === null) return url;
  const parsed = new URL(url, pageOrigin);
  return parsed.origin === platformOrigin ? `${pageOrigin}${parsed.pathname}${parsed.search}` : url;
}
