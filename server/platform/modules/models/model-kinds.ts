import type { ModelRole } from '#api/contracts/models.ts';
import { PICTURE_MODEL_TYPES } from '../../embedding/picture-models.ts';

/** What is needed of a model, by what it is for. */
export interface ModelKind {
  readonly role: ModelRole;
  /** The parts that its weights are split into. */
  readonly parts: readonly string[];
  /** Small files that it cannot do without, beside `config.json`. */
  readonly files: readonly string[];
}

const PICTURES: ModelKind = { role: 'visual', parts: ['text_model', 'vision_model'], files: [] };

const SPEECH: ModelKind = {
  role: 'speech',
  parts: ['encoder_model', 'decoder_model_merged'],
  files: ['generation_config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'],
};

/** The kind of a model by the `model_type` in its `config.json`; null for those that cannot be used here. */
export function getModelKind(type: string): ModelKind | null {
  if (type === 'whisper') return SPEECH;
  return type in PICTURE_MODEL_TYPES ? PICTURES : null;
}
