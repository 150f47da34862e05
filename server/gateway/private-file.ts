import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

/** Writes a file that only this user may read, whole or not at all, and on the disk before this resolves. */
async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.next`;
  const handle = await open(next, 'w', 0o600);
  try {
    // The mode above is for a file that is made now: one that was left there keeps its own.
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}

/** A JSON document in a private file, kept in memory; changes are written one after the other. */
export class PrivateFile<Content> {
  readonly #file: string;
  #content: Content;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, content: Content) {
    this.#file = file;
    this.#content = content;
  }

  /** Reads it; `empty` where there is none. Throws an `Error` with a sentence when it holds something else. */
  static async open<Content>(file: string, schema: z.ZodType<Content>, empty: Content): Promise<PrivateFile<Content>> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
      await chmod(file, 0o600);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new PrivateFile(file, empty);
      throw error;
    }
    try {
      return new PrivateFile(file, schema.parse(JSON.parse(text)));
    } catch (error) {
      throw new Error(`${path.basename(file)} in the data folder cannot be read. Put it right, or remove it.`, {
        cause: error,
      });
    }
  }

  get content(): Content {
    return this.#content;
  }

  /** Resolves when the new content is safe on the disk; when it cannot be written, the old one stands. */
  change(change: (content: Content) => Content): Promise<void> {
    const changed = this.#writing
      .catch(() => undefined)
      .then(async () => {
        const next = change(this.#content);
        await writePrivate(this.#file, JSON.stringify(next));
        this.#content = next;
      });
    this.#writing = changed;
    return changed;
  }
}
