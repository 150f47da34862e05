import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { readModel } from '../../embedding/model-files.ts';
import { packageFolder } from '../../embedding/package-folder.ts';
import { computeInWasm } from '../../embedding/tensorflow-wasm.ts';

/** Loads one of the models in the `@vladmandic/human` package, to run on WebAssembly. */
export async function loadVisionModel(
  name: 'centernet' | 'blazeface' | 'emotion' | 'movenet-lightning',
): Promise<GraphModel> {
  await computeInWasm();
  const models = path.join(packageFolder('@vladmandic/human'), 'models');
  const json = await readFile(path.join(models, `${name}.json`), 'utf8');
  return loadGraphModel(readModel(json, models));
}
