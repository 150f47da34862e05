import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  AutoProcessor,
  AutoTokenizer,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  env,
  RawImage,
  SiglipTextModel,
  SiglipVisionModel,
  Tensor,
} from '@huggingface/transformers';
import { z } from 'zod';
import { DIMENSION, type EmbeddingModel, unitVector } from './embedding-model.ts';
import { PICTURE_MODEL_TYPES, type PictureModel, type PictureModelFamily } from './picture-models.ts';

/** What the model hub is asked for when no folder is given. */
const HUB_MODEL = 'Xenova/clip-vit-base-patch32';
/** They were trained on captions; a bare noun is closer to its picture inside a sentence (Radford et al. 2021, 3.1.4). */
const PROMPT = (text: string) => (/\s/.test(text.trim()) ? text : `a photo of a ${text.trim()}`);

/** How the models of a kind are called, and what they give. */
const FAMILIES = {
  clip: {
    Text: CLIPTextModelWithProjection,
    Vision: CLIPVisionModelWithProjection,
    textOutput: 'text_embeds',
    pictureOutput: 'image_embeds',
    padding: true,
    close: 0.22,
  },
  siglip: {
    Text: SiglipTextModel,
    Vision: SiglipVisionModel,
    textOutput: 'pooler_output',
    pictureOutput: 'pooler_output',
    // Trained on texts of 64 tokens, whatever they say.
    padding: 'max_length',
    // Sigmoid models keep pictures and texts further apart than CLIP does: a half of certainty is at 0.11 to 0.15.
    close: 0.08,
  },
} as const satisfies Record<PictureModelFamily, unknown>;

const configSchema = z.looseObject({ model_type: z.string().optional() });

async function readFamily(folder: string | null): Promise<PictureModelFamily> {
  if (folder === null) return 'clip';
  const { model_type: type = '' } = configSchema.parse(
    JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')),
  );
  const family = PICTURE_MODEL_TYPES[type];
  if (!family) throw new Error(`a model of the kind "${type}" embeds no pictures`);
  return family;
}

function toNumbers(output: unknown, name: string): Float32Array {
  const tensor = output instanceof Tensor ? output : undefined;
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`The model gives no ${name}.`);
  return tensor.data;
}

/** Vectors of some inputs, out of one array. */
function toVectors(output: unknown, name: string, count: number): Float32Array[] {
  const numbers = toNumbers(output, name);
  const length = numbers.length / count;
  if (length > DIMENSION) throw new Error(`The model gives ${length} numbers; the index holds at most ${DIMENSION}.`);
  return Array.from({ length: count }, (_, index) =>
    unitVector([numbers.subarray(index * length, (index + 1) * length)]),
  );
}

/** The direction that vectors have in common. */
function mean(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(DIMENSION);
  for (const vector of vectors) for (const [index, value] of vector.entries()) sum[index] = (sum[index] ?? 0) + value;
  return unitVector([sum]);
}

/**
 * Loads a model of the CLIP or SigLIP kind that is split into a text and a vision part (ONNX). Its folder holds `config.json`,
 * `tokenizer.json`, `preprocessor_config.json` and `onnx/text_model.onnx`, `onnx/vision_model.onnx` (with `_quantized` or `_fp16`
 * for other precisions). Throws an `Error` whose message is a sentence.
 */
export async function loadPictureEmbedder({ name, folder, precision }: PictureModel): Promise<EmbeddingModel> {
  if (folder !== null && !existsSync(path.join(folder, 'config.json'))) {
    throw new Error(`${folder} holds no model (there is no config.json in it).`);
  }
  env.allowRemoteModels = folder === null;
  const model = folder ?? HUB_MODEL;
  const options = { dtype: precision, local_files_only: folder !== null } as const;
  try {
    const { Text, Vision, textOutput, pictureOutput, padding, close } = FAMILIES[await readFamily(folder)];
    const [tokenizer, processor, texts, pictures] = await Promise.all([
      AutoTokenizer.from_pretrained(model, options),
      AutoProcessor.from_pretrained(model, options),
      Text.from_pretrained(model, options),
      Vision.from_pretrained(model, options),
    ]);
    return {
      name,
      close,
      usesPictures: true,
      async embedText(text) {
        const output = await texts(tokenizer([PROMPT(text)], { padding, truncation: true }));
        return mean(toVectors(output[textOutput], textOutput, 1));
      },
      async embedSegment({ pictures: files }) {
        if (files.length === 0) throw new Error('A segment without pictures cannot be embedded.');
        const images = await Promise.all(files.map((file) => RawImage.read(file)));
        const output = await pictures(await processor(images));
        return mean(toVectors(output[pictureOutput], pictureOutput, files.length));
      },
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The model could not be loaded from ${model} (${reason}).`, { cause });
  }
}
