import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import type { ChatMessage } from '#api/contracts/chat.ts';
import { formatClock } from '#lib/time.ts';
import type { Retrieved } from './extractive.ts';
import type { Quote } from './quotes.ts';

export interface LanguageModelConfig {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
}

const INSTRUCTIONS = `You answer questions about one video. You cannot see it; you are given notes about its segments:
what a detector saw, what was said (from a transcript) and what was written in the picture, and when. Answer from the notes alone, briefly, in the language of the question. Name the
times that your answer rests on as M:SS, as the notes write them. If the notes do not hold the answer, say that you did
not see it.`;

/** The segments as the model reads them, in order of time: what is seen in one line, then what is said and written meanwhile. */
function formatNotes(segments: readonly Retrieved[], quotes: readonly Quote[]): string {
  return [...segments]
    .sort((a, b) => a.start_s - b.start_s)
    .flatMap(({ start_s, end_s, caption }) => [
      `${formatClock(start_s)}-${formatClock(end_s)}: ${caption}`,
      ...quotes
        .filter((quote) => quote.start_s < end_s && quote.end_s > start_s)
        .map(({ kind, start_s: at, text }) => `  ${formatClock(at)} ${kind}: "${text.replace(/\s+/g, ' ')}"`),
    ])
    .join('\n');
}

interface ModelQuestion {
  readonly question: string;
  readonly segments: readonly Retrieved[];
  /** What is said and written in the whole video, in order. */
  readonly quotes: readonly Quote[];
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

  return async function* answer({ question, segments, quotes, history, signal }) {
    let failure: unknown;
    const { textStream } = streamText({
      model: client(model),
      system: `${INSTRUCTIONS}\n\nNotes:\n${formatNotes(segments, quotes)}`,
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
