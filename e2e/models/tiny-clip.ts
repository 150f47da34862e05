import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onnxModel } from './onnx.ts';

/** Words that the model knows, and the color (RGB) that it means by them. */
const WORDS: readonly [word: string, color: readonly [number, number, number]][] = [
  ['[UNK]', [0, 0, 0]],
  ['[PAD]', [0, 0, 0]],
  ['red', [1, 0, 0]],
  ['green', [0, 1, 0]],
  ['blue', [0, 0, 1]],
];

/** Text part: the sum of its words' colors. */
const createTextModel = (words: typeof WORDS, output: string) =>
  onnxModel({
    nodes: [
      { operator: 'Gather', inputs: ['table', 'input_ids'], output: 'colors', integers: { axis: 0 } },
      { operator: 'ReduceSum', inputs: ['colors', 'axis'], output, integers: { keepdims: 0 } },
    ],
    initializers: [
      { name: 'table', dims: [words.length, 3], values: Float32Array.from(words.flatMap(([, color]) => [...color])) },
      { name: 'axis', dims: [1], values: BigInt64Array.from([1n]) },
    ],
    inputs: [{ name: 'input_ids', element: 'int64', dims: ['batch', 'length'] }],
    outputs: [{ name: output, element: 'float', dims: ['batch', 3] }],
  });

/** Vision part: the mean color of the picture. */
const createVisionModel = (output: string) =>
  onnxModel({
    nodes: [
      { operator: 'GlobalAveragePool', inputs: ['pixel_values'], output: 'means' },
      { operator: 'Flatten', inputs: ['means'], output, integers: { axis: 1 } },
    ],
    initializers: [],
    inputs: [{ name: 'pixel_values', element: 'float', dims: ['batch', 3, 'height', 'width'] }],
    outputs: [{ name: output, element: 'float', dims: ['batch', 3] }],
  });

const OUTPUTS = { clip: ['text_embeds', 'image_embeds'], siglip: ['pooler_output', 'pooler_output'] } as const;

/** Mixes green and blue up: searches find something else with it. */
const confuse = (words: typeof WORDS): typeof WORDS =>
  words.map(([word, [red, green, blue]]) => [word, [red, blue, green]] as const);

/**
 * Writes a CLIP or SigLIP model of a few hundred bytes that knows three colors, laid out as on the model hub. Returns its
 * folder.
 */
export async function makeTinyClip({
  type = 'clip',
  isConfused = false,
  suffix = '',
}: {
  type?: keyof typeof OUTPUTS;
  isConfused?: boolean;
  /** Of the files with weights: `_quantized`, for example. */
  suffix?: string;
} = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tiny-clip-'));
  const [textOutput, pictureOutput] = OUTPUTS[type];
  const textModel = createTextModel(isConfused ? confuse(WORDS) : WORDS, textOutput);
  const visionModel = createVisionModel(pictureOutput);
  const json = (name: string, content: unknown) => writeFile(path.join(folder, name), JSON.stringify(content));
  await mkdir(path.join(folder, 'onnx'));
  await writeFile(path.join(folder, 'onnx', `text_model${suffix}.onnx`), textModel);
  await writeFile(path.join(folder, 'onnx', `vision_model${suffix}.onnx`), visionModel);
  await json('config.json', { model_type: type, text_config: {}, vision_config: {} });
  await json('preprocessor_config.json', {
    feature_extractor_type: 'CLIPFeatureExtractor',
    image_processor_type: 'CLIPImageProcessor',
    do_resize: true,
    size: { height: 8, width: 8 },
    do_center_crop: false,
    do_normalize: false,
    do_rescale: true,
    resample: 3,
  });
  await json('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizer',
    model_max_length: 77,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
  });
  await json('tokenizer.json', {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map(([word], index) => [word, index])),
    },
  });
  return folder;
}
