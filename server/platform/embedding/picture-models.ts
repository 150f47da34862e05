import type { Precision } from '../inference/precision.ts';

/** What is to be known of models that embed pictures before one is loaded, which takes their whole runtime. */

export type PictureModelFamily = 'clip' | 'siglip';

/** Families by the `model_type` in a model's `config.json`. */
export const PICTURE_MODEL_TYPES: Readonly<Record<string, PictureModelFamily>> = {
  clip: 'clip',
  siglip: 'siglip',
  siglip2: 'siglip',
};

export interface PictureModel {
  /** The embedder's name. */
  readonly name: string;
  /** Absolute; null for CLIP from the model hub. Laid out as on the hub. */
  readonly folder: string | null;
  readonly precision: Precision;
}
