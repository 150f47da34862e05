import type { EmbedderFacts } from '../embedding/embedding-model.ts';
import type { PictureModel } from '../embedding/picture-models.ts';
import type { SegmentObservation } from '../tasks/vision/observation.ts';

/** Messages between the platform and a model's child process. */

export type EmbedderChoice = { readonly kind: 'local' } | ({ readonly kind: 'pictures' } & PictureModel);

export interface InferenceCalls {
  /** Loads the embedder, where that is not done by the first text or segment. */
  open: { args: Record<string, never>; result: EmbedderFacts };
  embedText: { args: { text: string }; result: Float32Array };
  /** `pictures` are files; none for an embedder that uses none. */
  embedSegment: { args: { observation: SegmentObservation; pictures: readonly string[] }; result: Float32Array };
  /** The classes of the detector that a question names, by whatever word. */
  findLabels: { args: { question: string }; result: string[] };
}

export type InferenceName = keyof InferenceCalls;

export type InferenceCall = {
  [Name in InferenceName]: { readonly name: Name; readonly args: InferenceCalls[Name]['args'] };
}[InferenceName];

export type InferenceRequest = InferenceCall & { readonly id: number; readonly embedder: EmbedderChoice };

export type InferenceAnswer =
  | { readonly id: number; readonly value: unknown }
  /** A sentence. */
  | { readonly id: number; readonly error: string };
