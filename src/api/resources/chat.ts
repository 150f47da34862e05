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
/**
 * A stream that sends nothing for this long has lost its connection: while a model thinks, the embedded platform sends a
 * comment every 15 s.
 */
const MAX_SILENCE_MS = 90_000;

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

/** `client.chat`: questions about one video. Each costs 1 credit, returned when the answer fails. */
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
     * A connection that breaks or falls silent ends in an error event with `isConnectionLost`; an abort throws
     * `AbortedError`; a refusal before the stream starts throws the usual API error.
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
      const events = readEvents(response.body, MAX_SILENCE_MS);
      try {
        for (;;) {
          const next = await events.next();
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
      yield {
        type: 'error',
        detail: 'The connection was lost before the answer was complete.',
        isConnectionLost: true,
      };
    },
  };
}
