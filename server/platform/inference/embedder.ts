import { type EmbedderFacts, LOCAL } from '../embedding/embedding-model.ts';
import type { SegmentObservation } from '../tasks/vision/observation.ts';
import { ModelProcess } from './model-process.ts';
import type { EmbedderChoice } from './protocol.ts';

export interface SegmentContent {
  readonly observation: SegmentObservation;
  /** Resolves to files with frames of it. */
  readonly fetchPictures: () => Promise<readonly string[]>;
}

/** The embedder of this platform: an `EmbeddingModel` in a process of its own. */
export class Embedder implements EmbedderFacts {
  readonly name: string;
  readonly close: number;
  readonly usesPictures: boolean;
  readonly #process: ModelProcess<EmbedderChoice>;

  private constructor({ name, close, usesPictures }: EmbedderFacts, process: ModelProcess<EmbedderChoice>) {
    this.name = name;
    this.close = close;
    this.usesPictures = usesPictures;
    this.#process = process;
  }

  /** Throws an `Error` whose message is a sentence when the model cannot be loaded. The local one is loaded by its first request. */
  static async open(choice: EmbedderChoice): Promise<Embedder> {
    const process = new ModelProcess<EmbedderChoice>(choice);
    return new Embedder(choice.kind === 'local' ? LOCAL : await process.request('open', {}), process);
  }

  /** Loads the model ahead of the first request for a vector. */
  async warmUp(): Promise<void> {
    await this.embedText('a');
  }

  /** The vector of a text: what a searcher types. */
  embedText(text: string): Promise<Float32Array> {
    return this.#process.request('embedText', { text });
  }

  async embedSegment({ observation, fetchPictures }: SegmentContent): Promise<Float32Array> {
    const pictures = this.usesPictures ? await fetchPictures() : [];
    return this.#process.request('embedSegment', { observation, pictures });
  }

  /** The classes of the detector that a question names, by whatever word. */
  findLabels(question: string): Promise<string[]> {
    return this.#process.request('findLabels', { question });
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
