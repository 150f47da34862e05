import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A secret kept in a file that only the owner reads; made on first use. */
async function keptSecret(file: string, make: () => string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.trim()) return known.trim();
  const secret = make();
  // Written aside and renamed, so that a crash never leaves half a secret behind.
  await writeFile(`${file}.new`, `${secret}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secret;
}

export interface Secrets {
  readonly apiKey: string;
  /** Signs object URLs. */
  readonly signingKey: string;
}

/** The platform's secrets. A configured API key wins over the kept one; the kept one is what the gateway reads. */
export async function loadSecrets(dataDir: string, configuredKey: string | undefined): Promise<Secrets> {
  const kept = await keptSecret(path.join(dataDir, 'api-key'), () => `sk_${randomBytes(24).toString('base64url')}`);
  const signingKey = await keptSecret(path.join(dataDir, 'signing-key'), () => randomBytes(32).toString('base64url'));
  return { apiKey: configuredKey ?? kept, signingKey };
}
