import { EventEmitter } from 'node:events';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import type { Document } from './document.ts';

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

/** The content of a document's file; null when there is none. Throws an `Error` with a sentence when it holds something else. */
export async function readPrivateFile<Content>(
  folder: string,
  name: string,
  schema: z.ZodType<Content>,
): Promise<Content | null> {
  const file = path.join(folder, `${name}.json`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
    await chmod(file, 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path.basename(file)} in the data folder cannot be read. Put it right, or remove it.`, {
      cause: error,
    });
  }
}

/** A document in a private file, kept in memory; changes are written one after the other. */
export class PrivateFile<Content> implements Document<Content> {
  readonly #file: string;
  readonly #changes = new EventEmitter();
  #content: Content;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, content: Content) {
    this.#file = file;
    this.#content = content;
  }

  static async open<Content>(
    folder: string,
    name: string,
    schema: z.ZodType<Content>,
    empty: Content,
  ): Promise<PrivateFile<Content>> {
    const content = await readPrivateFile(folder, name, schema);
    return new PrivateFile(path.join(folder, `${name}.json`), content ?? empty);
  }

  get content(): Content {
    return this.#content;
  }

  /** Nobody else writes the file. */
  async refresh(): Promise<void> {}

  change(change: (content: Content) => Content): Promise<void> {
    const changed = this.#writing
      .catch(() => undefined)
      .then(async () => {
        const next = change(this.#content);
        await writePrivate(this.#file, JSON.stringify(next));
        this.#content = next;
        this.#changes.emit('change');
      });
    this.#writing = changed;
    return changed;
  }

  onChange(listener: () => void): void {
    this.#changes.on('change', listener);
  }
}
