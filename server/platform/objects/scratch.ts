import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from 'fs-native-extensions';

const LOCK_FILE = '.lock';

/**
 * Folders for files that exist only while something is being made of them. Each process has a folder of its own, locked while
 * it lives; what processes left that have died is removed by the next one that starts.
 */
export class Scratch {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(root: string): Promise<Scratch> {
    await mkdir(root, { recursive: true });
    for (const name of await readdir(root)) {
      const folder = path.join(root, name);
      if (isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
    }
    const folder = await mkdtemp(path.join(root, 'process-'));
    // Held open until the process ends.
    tryLock(openSync(path.join(folder, LOCK_FILE), 'a', 0o600));
    return new Scratch(folder);
  }

  /** Runs `work` with a new folder, which is removed afterwards. */
  async use<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = await mkdtemp(path.join(this.#folder, 'work-'));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  /** Removes the folder of this process. */
  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function isAbandoned(folder: string): boolean {
  let handle: number;
  try {
    handle = openSync(path.join(folder, LOCK_FILE), 'r+');
  } catch {
    // Being made at this moment, or not one of ours.
    return false;
  }
  const isFree = tryLock(handle);
  closeSync(handle);
  return isFree;
}
