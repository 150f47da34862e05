import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Document, State } from '../../state/document.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
/** OWASP's parameters for scrypt: 128 MiB and about 0.3 s, spent once at start. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const HASH_BYTES = 32;
const DAYS = 30;
const SESSION_TTL_MS = DAYS * 24 * 3_600_000;
/** People at once, and their devices. */
const MAX_SESSIONS = 1000;

const fileSchema = z.object({
  salt: z.string(),
  password: z.string(),
  /** SHA-256 of each session's token, and when it ends. */
  sessions: z.array(z.object({ token: z.string(), until: z.number() })),
});
type Content = z.infer<typeof fileSchema>;

const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Who is signed in. The document holds hashes only: of the password, so that a new one ends the sessions of the old one, and
 * of the tokens, so that nobody can sign in with it.
 */
export class Sessions {
  readonly #document: Document<Content>;
  readonly #macKey = randomBytes(32);
  readonly #passwordMac: Buffer;
  readonly #ends = new EventEmitter().setMaxListeners(0);
  /** One question to the database answers all requests that wait for it. */
  #refreshing: Promise<void> | null = null;

  private constructor(document: Document<Content>, password: string) {
    this.#document = document;
    this.#passwordMac = this.#mac(password);
    let known = new Set(document.content.sessions.map(({ token }) => token));
    document.onChange(() => {
      const now = new Set(document.content.sessions.map(({ token }) => token));
      for (const token of known) if (!now.has(token)) this.#ends.emit(token);
      known = now;
    });
  }

  static async open(state: State, password: string): Promise<Sessions> {
    const document = await state.open<Content>('sessions', fileSchema, { salt: '', password: '', sessions: [] });
    const known = document.content;
    const salt = known.password ? Buffer.from(known.salt, 'hex') : randomBytes(16);
    const hash = await derive(password, salt, HASH_BYTES, COST);
    if (!known.password || !timingSafeEqual(hash, Buffer.from(known.password, 'hex'))) {
      await document.change((content) =>
        // Another gateway that starts at the same time may have done it.
        content.password === known.password
          ? { salt: salt.toString('hex'), password: hash.toString('hex'), sessions: [] }
          : content,
      );
    }
    return new Sessions(document, password);
  }

  #mac(text: string): Buffer {
    return createHmac('sha256', this.#macKey).update(text).digest();
  }

  /** Takes the same short time for any text, so that wrong tries hold nobody up. */
  isPassword(given: string): boolean {
    return timingSafeEqual(this.#mac(given), this.#passwordMac);
  }

  /** The token of a new session, for the cookie. */
  async begin(): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = Date.now();
    await this.#document.change((content) => ({
      ...content,
      sessions: [
        ...content.sessions.filter(({ until }) => until > now),
        { token: tokenHash(token), until: now + SESSION_TTL_MS },
      ].slice(-MAX_SESSIONS),
    }));
    return token;
  }

  /** Sessions that begin at another gateway are looked up when they come here first. */
  async has(token: string | undefined): Promise<boolean> {
    if (!token) return false;
    const hash = tokenHash(token);
    const isKnown = () =>
      this.#document.content.sessions.some((session) => session.token === hash && session.until > Date.now());
    if (isKnown()) return true;
    this.#refreshing ??= this.#document.refresh().finally(() => {
      this.#refreshing = null;
    });
    await this.#refreshing;
    return isKnown();
  }

  async end(token: string): Promise<void> {
    const hash = tokenHash(token);
    await this.#document.change((content) => ({
      ...content,
      sessions: content.sessions.filter((session) => session.token !== hash),
    }));
  }

  /** Calls `listener` when the session of a token ends, at whichever gateway. Returns a function that takes it back. */
  onEnd(token: string, listener: () => void): () => void {
    const hash = tokenHash(token);
    this.#ends.once(hash, listener);
    return () => this.#ends.off(hash, listener);
  }
}

/** Seconds that a session lasts. */
export const SESSION_SECONDS = SESSION_TTL_MS / 1000;
