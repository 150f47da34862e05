import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  AutoProcessor,
  AutoTokenizer,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  env,
  RawImage,
  Tensor,
} from '@huggingface/transformers';
import { DIMENSION, type EmbeddingModel, unitVector } from './embedding-model.ts';

/** What the model hub is asked for when no folder is given. */
const HUB_MODEL = 'Xenova/clip-vit-base-patch32';
/** CLIP was trained on captions; a bare noun is closer to its picture inside a sentence (Radford et al. 2021, 3.1.4). */
const PROMPT = (text: string) => (/\s/.test(text.trim()) ? text : `a photo of a ${text.trim()}`);

function toNumbers(output: unknown, name: string): Float32Array {
  const tensor = output instanceof Tensor ? output : undefined;
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`The CLIP model gives no ${name}.`);
  if (tensor.data.length > DIMENSION) {
    throw new Error(`The CLIP model gives ${tensor.data.length} numbers; the index holds at most ${DIMENSION}.`);
  }
  return tensor.data;
}

/**
 * Loads a CLIP model that is split into a text and a vision part (ONNX), from `folder` or, without one, from the model
 * hub. The folder is laid out as on the hub: `config.json`, `tokenizer.json`, `preprocessor_config.json` and
 * `onnx/text_model.onnx`, `onnx/vision_model.onnx`. Throws an `Error` whose message is a sentence.
 */
export async function loadClipEmbedder(folder: string | null): Promise<EmbeddingModel> {
  const model = folder ? path.resolve(folder) : HUB_MODEL;
  if (folder && !existsSync(path.join(model, 'config.json'))) {
    throw new Error(`CLIP_MODEL_DIR: ${folder} holds no model (there is no config.json in it).`);
  }
  env.allowRemoteModels = folder === null;
  const options = { dtype: 'fp32', local_files_only: folder !== null } as const;
  try {
    const [tokenizer, processor, texts, pictures] = await Promise.all([
      AutoTokenizer.from_pretrained(model, options),
      AutoProcessor.from_pretrained(model, options),
      CLIPTextModelWithProjection.from_pretrained(model, options),
      CLIPVisionModelWithProjection.from_pretrained(model, options),
    ]);
    return {
      name: `clip ${folder ? path.basename(model) : model}`,
      close: 0.22,
      usesPictures: true,
      async embedText(text) {
        const input = tokenizer([PROMPT(text)], { padding: true, truncation: true });
        const { text_embeds } = await texts(input);
        return unitVector([toNumbers(text_embeds, 'text_embeds')]);
      },
      async embedSegment({ picture }) {
        if (picture === null) throw new Error('A CLIP model needs the picture of a segment.');
        const input = await processor(await RawImage.read(picture));
        const { image_embeds } = await pictures(input);
        return unitVector([toNumbers(image_embeds, 'image_embeds')]);
      },
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = folder ? 'Check CLIP_MODEL_DIR.' : 'Set CLIP_MODEL_DIR to a folder that holds the model.';
    throw new Error(`The CLIP model could not be loaded from ${model} (${reason}). ${advice}`, { cause });
  }
}
