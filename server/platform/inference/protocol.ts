import type { EmbedderFacts } from '../embedding/embedding-model.ts';
import type { SegmentObservation } from '../tasks/vision/observation.ts';

/** What a process that holds a model can be asked, and what it says back. */

export type EmbedderChoice =
  | { readonly kind: 'local' }
  /** `folder` is absolute; the model hub is asked without one. */
  | { readonly kind: 'clip'; readonly folder: string | null };

export interface InferenceCalls {
  /** Loads the embedder, where that is not done by the first text or segment. */
  open: { args: Record<string, never>; result: EmbedderFacts };
  embedText: { args: { text: string }; result: Float32Array };
  /** `picture` is a file; null for an embedder that uses none. */
  embedSegment: { args: { observation: SegmentObservation; picture: string | null }; result: Float32Array };
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
