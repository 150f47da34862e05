import { createHmac, timingSafeEqual } from 'node:crypto';

const OBJECTS_PREFIX = '/objects/';

/**
 * Pre-signed URLs: whoever holds one may use that path with that method until it expires, without a key. Expiry is
 * rounded up to a whole quarter hour, so that the same object keeps its URL for a while and browsers can cache it.
 */
export class UrlSigner {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  #signature(method: string, path: string, expires: number): string {
    return createHmac('sha256', this.#key).update(`${method}\n${path}\n${expires}`).digest('base64url');
  }

  /** Path and query of a signed URL for an object; `path` is relative to the objects, with `/` between its parts. */
  sign(method: 'GET' | 'PUT', path: string, lifetimeSeconds = 6 * 3600, now = Date.now()): string {
    const quarter = 900;
    const expires = Math.ceil((now / 1000 + lifetimeSeconds) / quarter) * quarter;
    return `${OBJECTS_PREFIX}${path}?expires=${expires}&signature=${this.#signature(method, path, expires)}`;
  }

  /** Why a signed request is refused, or null when it may pass. */
  refusal(method: string, path: string, expires: unknown, signature: unknown, now = Date.now()): string | null {
    const until = Number(expires);
    if (typeof signature !== 'string' || !Number.isInteger(until)) return 'This URL is not signed.';
    const expected = Buffer.from(this.#signature(method, path, until));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return 'The signature of this URL is wrong.';
    return until * 1000 < now ? 'This URL has expired.' : null;
  }
}
