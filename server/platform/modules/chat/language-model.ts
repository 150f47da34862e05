import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import type { ChatMessage } from '#api/contracts/chat.ts';
import { formatClock } from '#lib/time.ts';

export interface LanguageModelConfig {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
  /** Whether it takes pictures. */
  readonly hasVision: boolean;
}

/** With pictures, a model sees some frames of the segments that were retrieved. */
const getInstructions = (
  hasPictures: boolean,
) => `You answer questions about videos. ${hasPictures ? 'You see a frame of some of their segments, and' : 'You cannot see them;'} you are given notes about the segments:
what a detector saw, what was said (from a transcript) and what was written in the picture, and when. Answer from ${hasPictures ? 'the frames and ' : ''}the notes alone, briefly, in the language of the question. Name the
times that your answer rests on as M:SS, as the notes write them, and the video where there are several. If they do not hold the answer, say that you did
not see it.`;

/** A frame of a segment. */
export interface KeyFrame {
  readonly start_s: number;
  readonly jpeg: Uint8Array;
}

interface ModelQuestion {
  readonly question: string;
  /** What is known of the segments that were retrieved: see `notes.ts`. */
  readonly notes: string;
  /** Of the segments, in order; none for a model without vision. */
  readonly frames: readonly KeyFrame[];
  readonly history: readonly ChatMessage[];
  readonly signal: AbortSignal;
}

export interface AnswerModel {
  readonly hasVision: boolean;
  /** Streams an answer as the model writes it. Throws when the model cannot be reached or breaks off. */
  answer(question: ModelQuestion): AsyncIterable<string>;
}

/** A question, behind the frames that it is about. */
const toContent = (question: string, frames: readonly KeyFrame[]) => [
  ...frames.flatMap(({ start_s, jpeg }) => [
    { type: 'text' as const, text: `The frame at ${formatClock(start_s)}:` },
    { type: 'image' as const, image: jpeg, mediaType: 'image/jpeg' },
  ]),
  { type: 'text' as const, text: question },
];

/** The configured model; any server that speaks OpenAI's chat completions will do. */
export function createAnswerModel({ baseUrl, model, apiKey, hasVision }: LanguageModelConfig): AnswerModel {
  // The key is for this address alone, not for where it may redirect to.
  const fetchDirectly: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });
  const client = createOpenAICompatible({ name: 'configured', baseURL: baseUrl, apiKey, fetch: fetchDirectly });

  async function* answer({ question, notes, frames, history, signal }: ModelQuestion) {
    let failure: unknown;
    const { textStream } = streamText({
      model: client(model),
      system: `${getInstructions(frames.length > 0)}\n\nNotes:\n${notes}`,
      messages: [...history, { role: 'user', content: frames.length > 0 ? toContent(question, frames) : question }],
      abortSignal: signal,
      maxRetries: 1,
      onError: ({ error }) => {
        failure = error;
      },
    });
    let hasText = false;
    for await (const text of textStream) {
      hasText ||= text !== '';
      yield text;
    }
    if (failure !== undefined || !hasText) throw new Error('The language model gave no answer.', { cause: failure });
  }

  return { hasVision, answer };
}
