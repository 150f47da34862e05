import path from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { packageFolder } from './package-folder.ts';

/** Makes TensorFlow.js of this process compute in WebAssembly. */
export async function computeInWasm(): Promise<void> {
  tf.enableProdMode();
  setWasmPaths(`${path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist')}/`);
  await tf.setBackend('wasm');
  await tf.ready();
}
