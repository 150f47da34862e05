import type { ModelRole } from '#api/contracts/models.ts';
import { PRECISIONS, type Precision } from '../../inference/precision.ts';

/** A model that the platform can use. */
export interface KnownModel {
  /** Owner and name on the hub, which is also its folder; for a built-in one, what it is called in the index. */
  readonly id: string;
  readonly role: ModelRole;
  readonly name: string;
  readonly license: string;
  readonly note: string;
}

/** Part of the studio's packages: nothing to download, nothing to remove. */
export const BUILT_IN: readonly KnownModel[] = [
  {
    id: 'local',
    role: 'visual',
    name: 'Objects, colors and motion',
    license: 'MIT, Apache-2.0',
    note: 'Finds what 80 kinds of objects, colors and motion can express.',
  },
  {
    id: 'pp-ocr-v4',
    role: 'text',
    name: 'PP-OCRv4',
    license: 'Apache-2.0',
    note: 'Reads Latin letters, digits and Chinese in the picture.',
  },
];

/** Models on the hub that are known to work; any other folder of these kinds does as well. */
export const ON_THE_HUB: readonly KnownModel[] = [
  {
    id: 'onnx-community/siglip2-base-patch16-256-ONNX',
    role: 'visual',
    name: 'SigLIP 2 base',
    license: 'Apache-2.0',
    note: 'Finds anything that words can describe, in many languages.',
  },
  {
    id: 'Xenova/siglip-base-patch16-224',
    role: 'visual',
    name: 'SigLIP base',
    license: 'Apache-2.0',
    note: 'Finds anything that English words can describe.',
  },
  {
    id: 'Xenova/clip-vit-base-patch32',
    role: 'visual',
    name: 'CLIP ViT-B/32',
    license: 'MIT',
    note: 'The smallest and fastest of them; English.',
  },
  {
    id: 'onnx-community/whisper-base',
    role: 'speech',
    name: 'Whisper base',
    license: 'Apache-2.0',
    note: 'Recognizes about a hundred languages.',
  },
  {
    id: 'onnx-community/whisper-tiny',
    role: 'speech',
    name: 'Whisper tiny',
    license: 'Apache-2.0',
    note: 'Half the size and twice as fast as the base model, with more mistakes.',
  },
  {
    id: 'onnx-community/whisper-small',
    role: 'speech',
    name: 'Whisper small',
    license: 'Apache-2.0',
    note: 'Fewer mistakes than the base model, at about a third of its speed.',
  },
];

/** Quantized weights are a quarter of the size, and nearly as good. */
export const DEFAULT_PRECISION: Precision = 'q8';

/** Owner and name, as the hub allows them; nothing that leads out of the folder of models. */
const MODEL_ID = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/;
export const isModelId = (id: string): boolean => MODEL_ID.test(id) && !id.includes('..');

/** What `MODELS=auto` downloads. */
export const DEFAULT_MODELS = {
  visual: 'onnx-community/siglip2-base-patch16-256-ONNX',
  speech: 'onnx-community/whisper-base',
} as const;

/** The name of a model in use: vectors of different precisions do not meet in one index. */
export const toModelName = (model: string, precision: Precision): string => `${model} ${precision}`;

export function parseModelName(name: string): { model: string; precision: Precision } {
  const at = name.lastIndexOf(' ');
  const precision = PRECISIONS.find((candidate) => candidate === name.slice(at + 1));
  return precision ? { model: name.slice(0, at), precision } : { model: name, precision: DEFAULT_PRECISION };
}
