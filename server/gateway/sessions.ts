import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PrivateFile } from './private-file.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
/** OWASP's parameters for scrypt: 128 MiB and about 0.3 s a try. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const HASH_BYTES = 32;
const DAYS = 30;
const LASTING_MS = DAYS * 24 * 3_600_000;
/** People at once, and their devices. */
const MOST_SESSIONS = 1000;

const fileSchema = z.object({
  salt: z.string(),
  password: z.string(),
  /** SHA-256 of each session's token, and when it ends. */
  sessions: z.array(z.object({ token: z.string(), until: z.number() })),
});
type Content = z.infer<typeof fileSchema>;

const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Who is signed in. The file holds hashes only: of the password, so that a new one ends the sessions of the old one, and
 * of the tokens, so that nobody can sign in with the file.
 */
export class Sessions {
  readonly #file: PrivateFile<Content>;
  #checking: Promise<unknown> = Promise.resolve();

  private constructor(file: PrivateFile<Content>) {
    this.#file = file;
  }

  static async open(folder: string, password: string): Promise<Sessions> {
    const file = await PrivateFile.open(path.join(folder, 'sessions.json'), fileSchema, {
      salt: '',
      password: '',
      sessions: [],
    });
    const sessions = new Sessions(file);
    if (!(await sessions.isPassword(password))) {
      const salt = randomBytes(16);
      const hash = await derive(password, salt, HASH_BYTES, COST);
      await file.change(() => ({ salt: salt.toString('hex'), password: hash.toString('hex'), sessions: [] }));
    }
    return sessions;
  }

  /** Checks one password after the other: each takes 128 MiB. */
  isPassword(given: string): Promise<boolean> {
    const checked = this.#checking.then(async () => {
      const { salt, password } = this.#file.content;
      if (!password) return false;
      const hash = await derive(given, Buffer.from(salt, 'hex'), HASH_BYTES, COST);
      return timingSafeEqual(hash, Buffer.from(password, 'hex'));
    });
    this.#checking = checked.catch(() => undefined);
    return checked;
  }

  /** The token of a new session, for the cookie. */
  async begin(): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = Date.now();
    await this.#file.change((content) => ({
      ...content,
      sessions: [
        ...content.sessions.filter(({ until }) => until > now),
        { token: tokenHash(token), until: now + LASTING_MS },
      ].slice(-MOST_SESSIONS),
    }));
    return token;
  }

  has(token: string | undefined): boolean {
    if (!token) return false;
    const hash = tokenHash(token);
    return this.#file.content.sessions.some((session) => session.token === hash && session.until > Date.now());
  }

  async end(token: string): Promise<void> {
    const hash = tokenHash(token);
    await this.#file.change((content) => ({
      ...content,
      sessions: content.sessions.filter((session) => session.token !== hash),
    }));
  }
}

/** Seconds that a session lasts. */
export const SESSION_SECONDS = LASTING_MS / 1000;
