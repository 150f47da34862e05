import type { EmbedderFacts } from '../embedding/embedding-model.ts';
import type { PictureModel } from '../embedding/picture-models.ts';
import type { SpeechModel, SpeechWindow, WindowTranscription } from '../speech/speech-model.ts';
import type { SegmentObservation } from '../tasks/vision/observation.ts';

/** Messages between the platform and a model's child process. */

export type EmbedderChoice = { readonly kind: 'local' } | ({ readonly kind: 'pictures' } & PictureModel);
export type SpeechChoice = { readonly kind: 'speech' } & SpeechModel;

/** Calls by their names. */
type Calls = Readonly<Record<string, { readonly args: unknown; readonly result: unknown }>>;

export type EmbedderCalls = {
  /** Loads the embedder, where that is not done by the first text or segment. */
  open: { args: Record<string, never>; result: EmbedderFacts };
  embedText: { args: { text: string }; result: Float32Array };
  /** `pictures` are files; none for an embedder that uses none. */
  embedSegment: { args: { observation: SegmentObservation; pictures: readonly string[] }; result: Float32Array };
  /** The classes of the detector that a question names, by whatever word. */
  findLabels: { args: { question: string }; result: string[] };
};

export type SpeechCalls = {
  /** Loads the model; `transcribe` does so, too. */
  openSpeech: { args: Record<string, never>; result: null };
  transcribe: { args: SpeechWindow; result: WindowTranscription };
};

/** What each kind of model is asked. */
export type CallsOf<Choice extends ModelChoice> = Choice extends SpeechChoice ? SpeechCalls : EmbedderCalls;

export type ArgsOf<Choice extends ModelChoice, Name extends keyof CallsOf<Choice>> = CallsOf<Choice>[Name] extends {
  args: infer Args;
}
  ? Args
  : never;

export type ResultOf<Choice extends ModelChoice, Name extends keyof CallsOf<Choice>> = CallsOf<Choice>[Name] extends {
  result: infer Result;
}
  ? Result
  : never;

export type ModelChoice = EmbedderChoice | SpeechChoice;

type Requests<Names extends Calls, Choice> = {
  [Name in keyof Names]: {
    readonly id: number;
    readonly name: Name;
    readonly args: Names[Name]['args'];
    readonly model: Choice;
  };
}[keyof Names];

export type InferenceRequest = Requests<EmbedderCalls, EmbedderChoice> | Requests<SpeechCalls, SpeechChoice>;

export type InferenceAnswer =
  | { readonly id: number; readonly value: unknown }
  /** A sentence. */
  | { readonly id: number; readonly error: string };
