import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import type { ChatMessage } from '#api/contracts/chat.ts';
import { formatClock } from '#lib/time.ts';
import type { Retrieved } from './extractive.ts';

export interface LanguageModelConfig {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
}

const INSTRUCTIONS = `You answer questions about one video. You cannot see it; you are given notes about its segments,
made by a detector: what was seen, when. Answer from the notes alone, briefly, in the language of the question. Name the
times that your answer rests on as M:SS, as the notes write them. If the notes do not hold the answer, say that you did
not see it.`;

/** The segments as the model reads them: one line each, in order of time. */
function formatNotes(segments: readonly Retrieved[]): string {
  return [...segments]
    .sort((a, b) => a.start_s - b.start_s)
    .map(({ start_s, end_s, caption }) => `${formatClock(start_s)}-${formatClock(end_s)}: ${caption}`)
    .join('\n');
}

interface ModelQuestion {
  readonly question: string;
  readonly segments: readonly Retrieved[];
  readonly history: readonly ChatMessage[];
  readonly signal: AbortSignal;
}

/** Streams an answer as the model writes it. Throws when the model cannot be reached or breaks off. */
export type AnswerModel = (question: ModelQuestion) => AsyncIterable<string>;

/** The configured model; any server that speaks OpenAI's chat completions will do. */
export function createAnswerModel({ baseUrl, model, apiKey }: LanguageModelConfig): AnswerModel {
  // The key is for this address alone, not for where it may redirect to.
  const fetchDirectly: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });
  const client = createOpenAICompatible({ name: 'configured', baseURL: baseUrl, apiKey, fetch: fetchDirectly });

  return async function* answer({ question, segments, history, signal }) {
    let failure: unknown;
    const { textStream } = streamText({
      model: client(model),
      system: `${INSTRUCTIONS}\n\nNotes:\n${formatNotes(segments)}`,
      messages: [...history, { role: 'user', content: question }],
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
  };
}
