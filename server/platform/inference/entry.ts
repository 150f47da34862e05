import type { EmbeddingModel } from '../embedding/embedding-model.ts';
import { findLabels } from '../embedding/find-labels.ts';
import { LocalEmbedder } from '../embedding/local-embedder.ts';
import { WordNet } from '../embedding/wordnet.ts';
import { loadOnce } from '../load-once.ts';
import type { Whisper } from '../speech/whisper.ts';
import type { EmbedderChoice, InferenceAnswer, InferenceRequest, SpeechChoice } from './protocol.ts';

/** Entry of a model's child process. It ends with its parent. */

const getWords = loadOnce(() => WordNet.load());
// A process has one model, which its requests name.
let loadEmbedder: (() => Promise<EmbeddingModel>) | null = null;
let loadSpeechModel: (() => Promise<Whisper>) | null = null;

function getEmbedder(choice: EmbedderChoice): Promise<EmbeddingModel> {
  loadEmbedder ??= loadOnce(async () => {
    if (choice.kind === 'local') return new LocalEmbedder(getWords);
    // Its runtime is large, and most studios never need it.
    const { loadPictureEmbedder } = await import('../embedding/picture-embedder.ts');
    return loadPictureEmbedder(choice);
  });
  return loadEmbedder();
}

function getSpeechModel(choice: SpeechChoice): Promise<Whisper> {
  loadSpeechModel ??= loadOnce(async () => {
    const { loadWhisper } = await import('../speech/whisper.ts');
    return loadWhisper(choice);
  });
  return loadSpeechModel();
}

async function run(request: InferenceRequest): Promise<unknown> {
  switch (request.name) {
    case 'findLabels':
      return findLabels(await getWords(), request.args.question);
    case 'open': {
      const { name, close, usesPictures } = await getEmbedder(request.model);
      return { name, close, usesPictures };
    }
    case 'embedText':
      return (await getEmbedder(request.model)).embedText(request.args.text);
    case 'embedSegment':
      return (await getEmbedder(request.model)).embedSegment(request.args);
    case 'openSpeech':
      await getSpeechModel(request.model);
      return null;
    case 'transcribe':
      return (await getSpeechModel(request.model)).transcribe(request.args);
  }
}

const send = (answer: InferenceAnswer) => process.send?.(answer);

process.on('message', (request: InferenceRequest) => {
  run(request)
    .then((value) => send({ id: request.id, value }))
    .catch((error: unknown) => send({ id: request.id, error: error instanceof Error ? error.message : String(error) }));
});

process.once('disconnect', () => process.exit(0));
