import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../shared/footage/', import.meta.url);

/** A real clip's path where the footage folder stands beside the repository; null elsewhere. */
export function footage(name: string): string | null {
  const file = fileURLToPath(new URL(name, FOLDER));
  return existsSync(file) ? file : null;
}
