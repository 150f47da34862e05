import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

const urlSchema = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const portSchema = z.coerce.number().int().min(1).max(65_535);

const environmentSchema = z.object({
  MIKSHI_BASE_URL: urlSchema.optional(),
  MIKSHI_API_KEY: z.string().optional(),
  MIKSHI_API_KEY_FILE: z.string().optional(),
  PLATFORM_PORT: portSchema.default(8001),
  /** 0 lets the studio choose a port, which nobody knows here. */
  PORT: portSchema.or(z.literal('0')).default(8080),
  STUDIO_URL: urlSchema.optional(),
  DATA_DIR: z.string().default('./data'),
});

export interface Configuration {
  /** Where the platform answers, without a slash at its end. */
  readonly baseUrl: string;
  /** The API key itself, or the file that holds it. */
  readonly key: { readonly value: string } | { readonly file: string };
  /** Where people open the studio, without a slash at its end; null where it is not known. */
  readonly studioUrl: string | null;
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/**
 * The configuration in the environment: the studio on this machine with the key in `DATA_DIR`, or the platform at
 * `MIKSHI_BASE_URL` with a key of its own. Relative paths are relative to the project, where `npm start` runs: an assistant
 * starts this program in any folder. Throws an `Error` that names the variable when a value is not valid.
 */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  // Assistants may pass on variables without a value.
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const { MIKSHI_BASE_URL, MIKSHI_API_KEY, MIKSHI_API_KEY_FILE, PLATFORM_PORT, PORT, STUDIO_URL, DATA_DIR } =
    parsed.data;
  // The key of this machine's studio is never sent to another address.
  if (MIKSHI_BASE_URL && !MIKSHI_API_KEY && !MIKSHI_API_KEY_FILE) {
    throw new Error('MIKSHI_API_KEY: the key of the platform at MIKSHI_BASE_URL is required.');
  }
  const file = MIKSHI_API_KEY_FILE ?? path.join(DATA_DIR, 'api-key');
  const localStudio = MIKSHI_BASE_URL || PORT === '0' ? null : `http://127.0.0.1:${PORT}`;
  return {
    baseUrl: withoutSlash(MIKSHI_BASE_URL ?? `http://localhost:${PLATFORM_PORT}`),
    key: MIKSHI_API_KEY ? { value: MIKSHI_API_KEY } : { file: path.resolve(PROJECT_ROOT, file) },
    studioUrl: STUDIO_URL ? withoutSlash(STUDIO_URL) : localStudio,
  };
}

/** The API key. Throws an `Error` with what to do when its file cannot be read or is empty. */
export async function readKey({ key }: Configuration): Promise<string> {
  if ('value' in key) return key.value;
  const text = await readFile(key.file, 'utf8').catch(() => '');
  if (text.trim()) return text.trim();
  throw new Error(
    `There is no API key in ${key.file}. The studio writes it when it starts for the first time: run "npm start", or set DATA_DIR or MIKSHI_API_KEY.`,
  );
}
