import path from 'node:path';
import { type ObjectContent, ObjectNotFoundError, type ObjectStore } from '../../objects/object-store.ts';
import type { Scratch } from '../../objects/scratch.ts';
import type { Sample } from '../../tasks/media/sample-catalog.ts';
import { runTask } from '../../tasks/run-task.ts';

/** Sample clips, each drawn in a task process the first time that somebody asks for it. */
export class SampleFiles {
  readonly #store: ObjectStore;
  readonly #scratch: Scratch;
  /** Samples that are being drawn, so that two requests do not draw the same one. */
  readonly #drawing = new Map<string, Promise<void>>();

  constructor(store: ObjectStore, scratch: Scratch) {
    this.#store = store;
    this.#scratch = scratch;
  }

  async get(sample: Sample): Promise<ObjectContent> {
    const key = `samples/${sample.name}.mp4`;
    try {
      return await this.#store.get(key);
    } catch (error) {
      if (!(error instanceof ObjectNotFoundError)) throw error;
    }
    const drawing = this.#drawing.get(sample.name) ?? this.#draw(key, sample);
    this.#drawing.set(sample.name, drawing);
    await drawing;
    return this.#store.get(key);
  }

  #draw(key: string, sample: Sample): Promise<void> {
    return this.#scratch
      .use(async (folder) => {
        const output = path.join(folder, 'sample.mp4');
        await runTask('makeSample', { sample, output });
        await this.#store.put(key, output);
      })
      .finally(() => this.#drawing.delete(sample.name));
  }
}
