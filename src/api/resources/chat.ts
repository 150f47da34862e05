import type { EventSourceMessage } from 'eventsource-parser';
import { AbortedError } from '../errors.ts';
import type { CallOptions, Http } from '../http.ts';
import { CHAT } from '../paths.ts';
import {
  type AskEvent,
  askDoneSchema,
  askErrorSchema,
  askResponseSchema,
  askTokenSchema,
  type ChatMessage,
} from '../schemas/chat.ts';

const ASK = `${CHAT}/chat/ask`;
/** A stream that says nothing for this long is dead: a model thinks, but the server sends keep-alives meanwhile. */
const SILENCE_MS = 90_000;

export interface AskParams {
  readonly videoId: string;
  /** How many segments the retriever pulls; the server's default is 5. */
  readonly topK?: number;
  /** Earlier turns: the server is stateless, so the caller resends them. */
  readonly history?: readonly ChatMessage[];
}

const wireAsk = (question: string, params: AskParams) => ({
  question,
  video_id: params.videoId,
  top_k: params.topK,
  history: params.history,
});

function parseEvent(message: EventSourceMessage): AskEvent | null {
  let data: unknown;
  try {
    data = JSON.parse(message.data);
  } catch {
    return null;
  }
  const inBody = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  switch (message.event ?? inBody) {
    case 'token': {
      const token = askTokenSchema.safeParse(data);
      return token.success ? { ...token.data, type: 'token' } : null;
    }
    case 'done': {
      const done = askDoneSchema.safeParse(data);
      return done.success ? { ...done.data, type: 'done' } : null;
    }
    case 'error': {
      const error = askErrorSchema.safeParse(data);
      return { type: 'error', detail: error.success ? error.data.detail : 'The answer failed.' };
    }
    default:
      return null;
  }
}

async function withSilenceLimit<T>(next: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('silent stream')), SILENCE_MS);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** `client.chat`: questions about one video. Each costs 1 credit, refunded when the answer fails. */
export function chatResource(http: Http) {
  return {
    /** The whole answer at once. */
    ask(question: string, params: AskParams, call?: CallOptions) {
      return http.json(
        askResponseSchema,
        { method: 'POST', path: ASK, json: wireAsk(question, params) },
        { timeoutMs: 120_000, ...call },
      );
    },

    /**
     * The answer as it is made: token events, then one done or error event, after which the iterator stops by itself.
     * A connection that dies or falls silent ends in an error event, never a hang; an abort throws `AbortedError`;
     * a refusal before the stream starts throws the usual API error.
     */
    async *askStream(question: string, params: AskParams, call: CallOptions = {}): AsyncGenerator<AskEvent> {
      const stop = new AbortController();
      const signal = call.signal ? AbortSignal.any([call.signal, stop.signal]) : stop.signal;
      // The reader of events comes with the first answer.
      const [{ readEvents }, response] = await Promise.all([
        import('../sse.ts'),
        http.open(
          {
            method: 'POST',
            path: ASK,
            json: { ...wireAsk(question, params), stream: true },
            accept: 'text/event-stream',
          },
          { ...call, signal },
        ),
      ]);
      if (!response.body) {
        yield { type: 'error', detail: 'The answer had no body.' };
        return;
      }
      const events = readEvents(response.body);
      try {
        for (;;) {
          const next = await withSilenceLimit(events.next());
          if (next.done || call.signal?.aborted) break;
          const event = parseEvent(next.value);
          if (!event) continue;
          yield event;
          if (event.type !== 'token') return;
        }
      } catch (error) {
        if (call.signal?.aborted) throw new AbortedError('The answer was stopped.', { cause: error });
      } finally {
        stop.abort();
      }
      if (call.signal?.aborted) throw new AbortedError('The answer was stopped.');
      yield { type: 'error', detail: 'The connection was lost before the answer was complete.' };
    },
  };
}
