const HOSTS = new Set(['youtube.com', 'www.youtube.com', 'm.youtube.com', 'music.youtube.com']);
const SHORT_HOST = 'youtu.be';
/** Eleven characters today; YouTube does not promise that. */
const VIDEO_ID = /^[\w-]{1,20}$/;
const PATHS = /^\/(?:shorts|live|embed|v)\/([^/]+)\/?$/;

function getVideoId({ hostname, pathname, searchParams }: URL): string | null {
  if (hostname === SHORT_HOST) return pathname.slice(1).replace(/\/$/, '');
  if (!HOSTS.has(hostname)) return null;
  return pathname === '/watch' ? searchParams.get('v') : (PATHS.exec(pathname)?.[1] ?? null);
}

/**
 * The canonical address of the YouTube video that a text names; null when it names none. Nothing of the text but the
 * video's id is passed on, so no other program can read it differently than it was checked.
 */
export function toWatchUrl(text: string): string | null {
  // URL parsers disagree about these: what one takes for a path is a host to another.
  if (/[\\\s\p{Cc}]/u.test(text.trim()) || !URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  if (
    (url.protocol !== 'https:' && url.protocol !== 'http:') ||
    url.port !== '' ||
    url.username !== '' ||
    url.password !== ''
  )
    return null;
  const id = getVideoId(url);
  return id !== null && VIDEO_ID.test(id) ? `https://www.youtube.com/watch?v=${id}` : null;
}
