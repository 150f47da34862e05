import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onnxModel } from './onnx.ts';

/** Timestamps in steps of 20 ms, up to two seconds. */
const TIME_STEP = 0.02;
const TIMES = Array.from({ length: 101 }, (_, index) => `<|${(index * TIME_STEP).toFixed(2)}|>`);
const TEXT = ['The', 'Ġlighthouse', 'Ġis', 'Ġopen', '.'];
const SPECIAL = ['<|endoftext|>', '<|startoftranscript|>', '<|en|>', '<|de|>', '<|transcribe|>', '<|notimestamps|>'];
/** As in Whisper's own vocabulary: text, special tokens, times. */
const VOCABULARY = [...TEXT, ...SPECIAL, ...TIMES];

const toId = (token: string): number => VOCABULARY.indexOf(token);

/** What the model hears in everything, from when to when, in seconds; and the language that it takes it for. */
export const TINY_WHISPER = { text: 'The lighthouse is open.', start: 0.1, end: 0.4, language: 'de' } as const;

/** What follows each token. */
const SENTENCE = ['<|transcribe|>', '<|0.10|>', ...TEXT, '<|0.40|>', '<|endoftext|>'];
const NEXT: readonly (readonly [string, string])[] = [
  ['<|startoftranscript|>', '<|de|>'],
  ...SENTENCE.slice(1).map((token, index) => [SENTENCE[index] ?? '', token] as const),
];

const createEncoder = () =>
  onnxModel({
    nodes: [{ operator: 'GlobalAveragePool', inputs: ['input_features'], output: 'last_hidden_state' }],
    initializers: [],
    inputs: [{ name: 'input_features', element: 'float', dims: ['batch', 80, 3000] }],
    outputs: [{ name: 'last_hidden_state', element: 'float', dims: ['batch', 80, 1] }],
  });

const CACHE = ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'].map((name) => `0.${name}`);
const CACHE_DIMS = ['batch', 1, 'past', 2];

/** A decoder that says one sentence: the logits of each token are a row of a table. What it has cached it gives back as it is. */
function createDecoder(): Uint8Array {
  const table = new Float32Array(VOCABULARY.length ** 2);
  for (const [token, next] of NEXT) table[toId(token) * VOCABULARY.length + toId(next)] = 20;
  return onnxModel({
    nodes: [
      { operator: 'Gather', inputs: ['table', 'input_ids'], output: 'logits', integers: { axis: 0 } },
      ...CACHE.map((name) => ({
        operator: 'Identity',
        inputs: [`past_key_values.${name}`],
        output: `present.${name}`,
      })),
    ],
    initializers: [{ name: 'table', dims: [VOCABULARY.length, VOCABULARY.length], values: table }],
    inputs: [
      { name: 'input_ids', element: 'int64', dims: ['batch', 'length'] },
      { name: 'encoder_hidden_states', element: 'float', dims: ['batch', 80, 1] },
      { name: 'use_cache_branch', element: 'bool', dims: [1] },
      ...CACHE.map((name) => ({ name: `past_key_values.${name}`, element: 'float' as const, dims: CACHE_DIMS })),
    ],
    outputs: [
      { name: 'logits', element: 'float', dims: ['batch', 'length', VOCABULARY.length] },
      ...CACHE.map((name) => ({ name: `present.${name}`, element: 'float' as const, dims: CACHE_DIMS })),
    ],
  });
}

/**
 * Writes a Whisper model that hears the same sentence in everything, laid out as on the model hub. Returns its folder.
 * `suffix` is that of the files with weights: `_quantized`, for example.
 */
export async function makeTinyWhisper({ suffix = '' }: { suffix?: string } = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tiny-whisper-'));
  const json = (name: string, content: unknown) => writeFile(path.join(folder, name), JSON.stringify(content));
  await mkdir(path.join(folder, 'onnx'));
  await writeFile(path.join(folder, 'onnx', `encoder_model${suffix}.onnx`), createEncoder());
  await writeFile(path.join(folder, 'onnx', `decoder_model_merged${suffix}.onnx`), createDecoder());
  const tokens = { bos_token_id: toId('<|endoftext|>'), eos_token_id: toId('<|endoftext|>'), pad_token_id: 0 };
  const start = { decoder_start_token_id: toId('<|startoftranscript|>') };
  await json('config.json', {
    ...tokens,
    ...start,
    model_type: 'whisper',
    architectures: ['WhisperForConditionalGeneration'],
    is_encoder_decoder: true,
    d_model: 2,
    encoder_layers: 1,
    encoder_attention_heads: 1,
    decoder_layers: 1,
    decoder_attention_heads: 1,
    max_source_positions: 1500,
    max_target_positions: 448,
    vocab_size: VOCABULARY.length,
  });
  await json('generation_config.json', {
    ...tokens,
    ...start,
    is_multilingual: true,
    lang_to_id: { '<|en|>': toId('<|en|>'), '<|de|>': toId('<|de|>') },
    task_to_id: { transcribe: toId('<|transcribe|>') },
    no_timestamps_token_id: toId('<|notimestamps|>'),
    max_length: 448,
  });
  await json('preprocessor_config.json', {
    feature_extractor_type: 'WhisperFeatureExtractor',
    processor_class: 'WhisperProcessor',
    chunk_length: 30,
    feature_size: 80,
    hop_length: 160,
    n_fft: 400,
    n_samples: 480_000,
    nb_max_frames: 3000,
    sampling_rate: 16_000,
  });
  await json('tokenizer_config.json', {
    tokenizer_class: 'WhisperTokenizer',
    processor_class: 'WhisperProcessor',
    unk_token: '<|endoftext|>',
    eos_token: '<|endoftext|>',
  });
  await json('tokenizer.json', {
    version: '1.0',
    added_tokens: [...SPECIAL, ...TIMES].map((content) => ({
      id: toId(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      // Times are words of the vocabulary, as in the published models.
      special: SPECIAL.includes(content),
    })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      unk_token: '<|endoftext|>',
      vocab: Object.fromEntries(TEXT.map((token) => [token, toId(token)])),
      merges: [],
    },
  });
  return folder;
}
