import { readFileSync } from 'node:fs';

/** Values that may be kept in a file whose path `<NAME>_FILE` gives, as secrets of containers are. */
const FROM_FILES = [
  'DATABASE_URL',
  'DATABASE_READ_URL',
  'MIKSHI_API_KEY',
  'PLATFORM_API_KEYS',
  'SIGNING_KEYS',
  'STUDIO_PASSWORD',
  'LLM_API_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
] as const;

/**
 * The environment without empty values, and with secrets read from their files. Throws an `Error` that names the variable
 * when a file cannot be read.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value) present[name] = value;
  for (const name of FROM_FILES) {
    const file = present[`${name}_FILE`];
    if (file === undefined || present[name] !== undefined) continue;
    try {
      present[name] = readFileSync(file, 'utf8').trim();
    } catch (cause) {
      throw new Error(`${name}_FILE: ${file} cannot be read.`, { cause });
    }
  }
  return present;
}

/** The items of a list with commas between. */
export const parseList = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
