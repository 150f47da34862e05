import { readFile } from 'node:fs/promises';
import { createClient } from '@mikshi/studio-client';

/** The platform to run against: `MIKSHI_BASE_URL` and `MIKSHI_API_KEY`, else the embedded one with the key it made. */
export async function exampleClient() {
  const apiKey = process.env.MIKSHI_API_KEY ?? (await readFile('data/api-key', 'utf8')).trim();
  return createClient({ baseUrl: process.env.MIKSHI_BASE_URL, apiKey });
}

/** The `index`-th argument, or the end of the program with a sentence. */
export function argument(index: number, what: string): string {
  const value = process.argv[2 + index];
  if (value) return value;
  console.error(`Missing: ${what}`);
  process.exit(1);
}
