import { parentPort } from 'node:worker_threads';
import { analyzeSegment } from './analyze-segment.ts';
import { loadModels } from './load-models.ts';
import type { SegmentAnswer, SegmentRequest } from './segment-thread.ts';

/** The thread that runs the vision models, beside the one that decodes. */

// While the first segment is decoded.
loadModels().catch(() => undefined);

async function run({ samples, background }: SegmentRequest): Promise<SegmentAnswer> {
  const { keySample, ...rest } = analyzeSegment(await loadModels(), samples, background);
  return { value: { ...rest, keyPicture: keySample.picture } };
}

parentPort?.on('message', (request: SegmentRequest) => {
  run(request)
    .catch((error: unknown): SegmentAnswer => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((answer) => parentPort?.postMessage(answer));
});
