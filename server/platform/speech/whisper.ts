import { open } from 'node:fs/promises';
import {
  AutomaticSpeechRecognitionPipeline,
  AutoProcessor,
  AutoTokenizer,
  env,
  Tensor,
  WhisperForConditionalGeneration,
} from '@huggingface/transformers';
import { z } from 'zod';
import { SAMPLE_RATE } from '../tasks/media/piece-cutter.ts';
import type { SpeechModel, SpeechWindow, WindowTranscription } from './speech-model.ts';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;
/**
 * Half of Whisper's context, as in OpenAI's own program. When it is given, transformers.js decodes a window once. Otherwise it
 * goes on within the window, over silence that it has added itself, which costs time, invents words and moves timestamps
 * (https://github.com/huggingface/transformers.js/issues/1684); windows follow each other in `transcribe-piece.ts` instead.
 */
const MAX_NEW_TOKENS = 224;

/** Cantonese, which large-v3 has and transformers.js 4.3.1 refuses. */
const UNKNOWN_LANGUAGE = '<|yue|>';

const generationSchema = z.looseObject({
  decoder_start_token_id: z.number().int(),
  is_multilingual: z.boolean().nullish(),
  /** "<|en|>" and the like. */
  lang_to_id: z.record(z.string(), z.number().int()).nullish(),
});

const outputSchema = z.object({
  chunks: z.array(z.object({ timestamp: z.tuple([z.number().nullable(), z.number().nullable()]), text: z.string() })),
});

async function readSamples({ file, start, seconds }: SpeechWindow): Promise<Float32Array> {
  const handle = await open(file, 'r');
  try {
    const length = Math.round(seconds * SAMPLE_RATE);
    const samples = new Int16Array(length);
    const position = HEADER_BYTES + Math.round(start * SAMPLE_RATE) * BYTES_PER_SAMPLE;
    const { bytesRead } = await handle.read(samples, 0, samples.byteLength, position);
    return Float32Array.from(samples.subarray(0, Math.floor(bytesRead / BYTES_PER_SAMPLE)), (value) => value / 32_768);
  } finally {
    await handle.close();
  }
}

/** The most likely of some tokens, and its probability among them. */
function findMostLikely(logits: ArrayLike<number>, tokens: readonly (readonly [name: string, id: number])[]) {
  const scores = tokens.map(([name, id]) => ({ name, logit: logits[id] ?? Number.NEGATIVE_INFINITY }));
  const best = scores.reduce((one, other) => (other.logit > one.logit ? other : one));
  const sum = scores.reduce((total, { logit }) => total + Math.exp(logit - best.logit), 0);
  return { name: best.name, probability: 1 / sum };
}

export interface Whisper {
  transcribe(window: SpeechWindow): Promise<WindowTranscription>;
}

async function load({ folder, precision }: SpeechModel): Promise<Whisper> {
  const options = { dtype: precision, local_files_only: true } as const;
  const [tokenizer, processor, model] = await Promise.all([
    AutoTokenizer.from_pretrained(folder, options),
    AutoProcessor.from_pretrained(folder, options),
    WhisperForConditionalGeneration.from_pretrained(folder, options),
  ]);
  const generation = generationSchema.parse(model.generation_config);
  const languages = generation.is_multilingual
    ? Object.entries(generation.lang_to_id ?? {}).filter(([name]) => name !== UNKNOWN_LANGUAGE)
    : [];
  const recognizer = new AutomaticSpeechRecognitionPipeline({
    task: 'automatic-speech-recognition',
    model,
    tokenizer,
    processor,
  });

  /** One step of the decoder: the token after the first one is the language. The library takes English for granted. */
  async function detectLanguage(samples: Float32Array): Promise<{ language: string; confidence: number }> {
    const { input_features } = await processor(samples);
    const start = new Tensor('int64', BigInt64Array.from([BigInt(generation.decoder_start_token_id)]), [1, 1]);
    const { logits } = await model({ input_features, decoder_input_ids: start });
    if (!(logits instanceof Tensor)) throw new Error('The model gives no logits.');
    const { name, probability } = findMostLikely(Float32Array.from(logits.to('float32').data, Number), languages);
    return { language: name.slice(2, -2), confidence: probability };
  }

  return {
    async transcribe(window) {
      const samples = await readSamples(window);
      const { language, confidence } =
        languages.length === 0
          ? { language: 'en', confidence: 1 }
          : window.language === null
            ? await detectLanguage(samples)
            : { language: window.language, confidence: 1 };
      const output = await recognizer(samples, {
        return_timestamps: true,
        max_new_tokens: MAX_NEW_TOKENS,
        // A model of English alone refuses to be told a language.
        ...(languages.length === 0 ? {} : { language, task: 'transcribe' }),
      });
      const { chunks } = outputSchema.parse(output);
      const spoken = chunks.map(({ timestamp: [start, end], text }) => ({ start: start ?? 0, end, text: text.trim() }));
      return { language, confidence, spoken };
    },
  };
}

/**
 * Loads a model of the Whisper kind (ONNX) from its folder, which holds its configuration, `tokenizer.json` and
 * `onnx/encoder_model.onnx`, `onnx/decoder_model_merged.onnx` (with `_quantized` or `_fp16` for other precisions). Throws an
 * `Error` whose message is a sentence.
 */
export async function loadWhisper(choice: SpeechModel): Promise<Whisper> {
  env.allowRemoteModels = false;
  try {
    return await load(choice);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The speech model could not be loaded from ${choice.folder}. Remove it on the Models page and download it again (${reason}).`,
      { cause },
    );
  }
}
