import { closeSync, openSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from 'fs-native-extensions';

/**
 * Makes the folder and locks it for this process: two platforms over one embedded database would ruin it. The lock is the
 * operating system's, so it ends with the process however that ends. Throws an `Error` that says what to do.
 */
export async function acquireDataDirLock(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(`DATA_DIR: ${folder} is not a folder that can be written to.`, { cause });
  }
  // Held open until the process ends.
  const handle = openSync(path.join(folder, 'platform.lock'), 'a', 0o600);
  if (tryLock(handle)) return;
  closeSync(handle);
  throw new Error(`Another Mikshi Studio is using ${folder}. Stop it, or set DATA_DIR to another folder.`);
}
