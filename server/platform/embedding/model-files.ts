import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { z } from 'zod';

/** The parts of a TensorFlow.js graph model file that loading needs. */
const modelSchema = z.looseObject({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(z.unknown()) })),
});

/** Reads a TensorFlow.js graph model and its weights from a folder: what `loadGraphModel` fetches in a browser. */
export function readModel(json: string, folder: string): io.IOHandler {
  return {
    load: async () => {
      const model = modelSchema.parse(JSON.parse(json));
      const paths = model.weightsManifest.flatMap((group) => group.paths);
      const shards = await Promise.all(paths.map((file) => readFile(path.join(folder, path.basename(file)))));
      const weights = Buffer.concat(shards);
      return {
        modelTopology: model.modelTopology,
        weightSpecs: model.weightsManifest.flatMap((group) => group.weights) as io.WeightsManifestEntry[],
        weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
      };
    },
  };
}
