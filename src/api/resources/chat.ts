import { type AskEvent, type AskResponse, askResponseSchema, type ChatMessage } from '../contracts/chat.ts';
import { AbortedError } from '../errors.ts';
import type { CallOptions, Http } from '../http.ts';
import { CHAT } from '../paths.ts';

const ASK = `${CHAT}/chat/ask`;
/** Retrieval and a language model take their time. */
const ASK_TIMEOUT_MS = 120_000;

export interface AskParams {
  readonly videoId: string;
  /** How many segments the retriever pulls; the server's default is 5. */
  readonly topK?: number;
  /** Earlier turns: the server is stateless, so the caller resends them. */
  readonly history?: readonly ChatMessage[];
}

const toBody = (question: string, params: AskParams) => ({
  question,
  video_id: params.videoId,
  top_k: params.topK,
  history: params.history,
});

/** `client.chat`: questions about one video. Each costs 1 credit, returned when the answer fails. */
export function chatResource(http: Http) {
  return {
    /**
     * Asks a question (1 to 4096 characters) about a video and resolves to the whole answer. Costs 1 credit, so it is not sent
     * again after a lost connection. Throws `PermissionDeniedError` for a video that is not the caller's, before it is charged.
     */
    ask(question: string, params: AskParams, call?: CallOptions): Promise<AskResponse> {
      const json = toBody(question, params);
      const spec = { method: 'POST' as const, path: ASK, json, defaultTimeoutMs: ASK_TIMEOUT_MS };
      return http.json(askResponseSchema, spec, call);
    },

    /**
     * The answer as it is made: token events, then one done or error event, after which the iterator stops by itself.
     * A connection that breaks or falls silent ends in an error event with `isConnectionLost`; an abort throws
     * `AbortedError`; a refusal before the stream starts throws the usual API error.
     */
    async *askStream(question: string, params: AskParams, call: CallOptions = {}): AsyncGenerator<AskEvent> {
      const stop = new AbortController();
      const signal = call.signal ? AbortSignal.any([call.signal, stop.signal]) : stop.signal;
      const spec = {
        method: 'POST' as const,
        path: ASK,
        json: { ...toBody(question, params), stream: true },
        accept: 'text/event-stream',
        defaultTimeoutMs: ASK_TIMEOUT_MS,
      };
      // Loaded with the first answer, and before the question is sent: it costs a credit.
      const { readAskEvents } = await import('./ask-stream.ts');
      const stream = await http.open(spec, { ...call, signal });
      try {
        if (!stream.response.body) throw new TypeError('The answer has no body.');
        for await (const event of readAskEvents(stream.response.body, stream.signal)) {
          yield event;
          if (event.type !== 'token') return;
        }
      } catch (error) {
        if (stream.signal.aborted) throw new AbortedError('The answer was stopped.', { cause: error });
      } finally {
        stop.abort();
        stream.end();
      }
      yield {
        type: 'error',
        detail: 'The connection was lost before the answer was complete.',
        isConnectionLost: true,
      };
    },
  };
}
