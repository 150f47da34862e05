import type { EmbeddingModel } from '../embedding/embedding-model.ts';
import { findLabels } from '../embedding/find-labels.ts';
import { LocalEmbedder } from '../embedding/local-embedder.ts';
import { WordNet } from '../embedding/wordnet.ts';
import { loadOnce } from '../load-once.ts';
import type { EmbedderChoice, InferenceAnswer, InferenceRequest } from './protocol.ts';

/** Entry of a model's child process. It ends with its parent. */

const getWords = loadOnce(() => WordNet.load());
let loadEmbedder: (() => Promise<EmbeddingModel>) | null = null;

async function createEmbedder(choice: EmbedderChoice): Promise<EmbeddingModel> {
  if (choice.kind === 'local') return new LocalEmbedder(getWords);
  // Its runtime is large, and most studios never need it.
  const { loadPictureEmbedder } = await import('../embedding/picture-embedder.ts');
  return loadPictureEmbedder(choice);
}

async function run(request: InferenceRequest): Promise<unknown> {
  if (request.name === 'findLabels') return findLabels(await getWords(), request.args.question);
  loadEmbedder ??= loadOnce(() => createEmbedder(request.embedder));
  const embedder = await loadEmbedder();
  switch (request.name) {
    case 'open':
      return { name: embedder.name, close: embedder.close, usesPictures: embedder.usesPictures };
    case 'embedText':
      return embedder.embedText(request.args.text);
    case 'embedSegment':
      return embedder.embedSegment(request.args);
  }
}

const send = (answer: InferenceAnswer) => process.send?.(answer);

process.on('message', (request: InferenceRequest) => {
  run(request)
    .then((value) => send({ id: request.id, value }))
    .catch((error: unknown) => send({ id: request.id, error: error instanceof Error ? error.message : String(error) }));
});

process.once('disconnect', () => process.exit(0));
