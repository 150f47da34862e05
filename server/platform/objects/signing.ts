import { createHmac, timingSafeEqual } from 'node:crypto';

const OBJECTS_PREFIX = '/objects/';
/** What the signature of a folder stands for: reading the objects in it. */
export const GET_IN_FOLDER = 'GET in';
type SignedMethod = 'GET' | 'PUT' | typeof GET_IN_FOLDER;

/**
 * Pre-signed URLs: whoever holds one may use that path with that method until it expires, without a key. Expiry is
 * rounded up to a whole quarter hour, so that the same object keeps its URL for a while and browsers can cache it.
 */
export class UrlSigner {
  readonly #keys: readonly [string, ...string[]];

  /** The first key signs; signatures of the others are accepted, so that keys can be rotated. */
  constructor(keys: readonly [string, ...string[]]) {
    this.#keys = keys;
  }

  #signature(key: string, method: string, path: string, expires: number): string {
    return createHmac('sha256', key).update(`${method}\n${path}\n${expires}`).digest('base64url');
  }

  /** Path and query of a signed URL for an object (or for all objects in a folder); `path` is relative to the objects, with `/` between its parts. */
  sign(method: SignedMethod, path: string, lifetimeSeconds = 6 * 3600, now = Date.now()): string {
    const quarter = 900;
    const expires = Math.ceil((now / 1000 + lifetimeSeconds) / quarter) * quarter;
    return `${OBJECTS_PREFIX}${path}?expires=${expires}&signature=${this.#signature(this.#keys[0], method, path, expires)}`;
  }

  /**
   * Signed URLs for reading the objects of a folder, whose name ends with `/`: `before`, the object's name in it, `after`. One
   * signature stands for all of them.
   */
  signFolder(folder: string): { before: string; after: string } {
    const signed = this.sign(GET_IN_FOLDER, folder);
    const at = OBJECTS_PREFIX.length + folder.length;
    return { before: signed.slice(0, at), after: signed.slice(at) };
  }

  /** Why a signed request is refused, or null when it may pass. */
  refusal(method: string, path: string, expires: unknown, signature: unknown, now = Date.now()): string | null {
    const until = Number(expires);
    if (typeof signature !== 'string' || !Number.isInteger(until)) return 'This URL is not signed.';
    const given = Buffer.from(signature);
    const isValid = this.#keys.some((key) => {
      const expected = Buffer.from(this.#signature(key, method, path, until));
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    if (!isValid) return 'The signature of this URL is wrong.';
    return until * 1000 < now ? 'This URL has expired.' : null;
  }
}
