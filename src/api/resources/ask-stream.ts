import { createParser } from 'eventsource-parser';
import { type AskEvent, askDoneSchema, askTokenSchema } from '../contracts/chat.ts';
import { getBodyMessage } from '../errors.ts';

/**
 * A stream that sends nothing for this long has lost its connection: while a model thinks, the embedded platform sends a
 * comment every 15 s.
 */
const MAX_SILENCE_MS = 90_000;

export interface ServerSentEvent {
  /** The event's name; undefined for an unnamed one. */
  readonly event?: string;
  readonly data: string;
}

/** Resolves like `next`; rejects when that takes longer than `ms`. */
async function withTimeout<T>(next: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The stream fell silent.')), ms);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Server-sent events of a response body, as they arrive. Frames and UTF-8 characters may be split anywhere; comments are
 * skipped. Ends when the body ends, throws what reading the body throws, and throws when nothing at all, not even a comment
 * (a keep-alive), arrives for `maxSilenceMs`.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  maxSilenceMs: number,
): AsyncGenerator<ServerSentEvent> {
  const ready: ServerSentEvent[] = [];
  const parser = createParser({ onEvent: (event) => ready.push(event) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await withTimeout(reader.read(), maxSilenceMs);
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const KINDS: ReadonlySet<unknown> = new Set(['token', 'done', 'error']);

/** The kind of an event: its name, or the `type` in the data of one without a name of ours. */
function getKind(name: string | undefined, data: unknown): unknown {
  if (KINDS.has(name)) return name;
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
}

/**
 * An event of a streaming answer; null for one of another kind, or a token without text. `answer` is the text of the tokens so
 * far, for a done event that does not repeat it.
 */
export function toAskEvent(message: ServerSentEvent, answer: string): AskEvent | null {
  const data = parseJson(message.data);
  switch (getKind(message.event, data)) {
    case 'token': {
      const token = askTokenSchema.safeParse(data);
      return token.success ? { ...token.data, type: 'token' } : null;
    }
    case 'done': {
      const { data: done } = askDoneSchema.safeParse(data);
      return { ...done, answer: done?.answer ?? answer, type: 'done' };
    }
    case 'error': {
      const detail = getBodyMessage(data) || (typeof data === 'string' && data) || 'The answer failed.';
      return { ...(typeof data === 'object' ? data : {}), detail, type: 'error' };
    }
    default:
      return null;
  }
}

/**
 * The events of a streaming answer, up to the one that ends it; fewer when the connection ends before. Throws as `readEvents`, and
 * when `signal` is aborted.
 */
export async function* readAskEvents(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<AskEvent> {
  let answer = '';
  for await (const message of readEvents(body, MAX_SILENCE_MS)) {
    signal.throwIfAborted();
    const event = toAskEvent(message, answer);
    if (!event) continue;
    if (event.type === 'token') answer += event.content;
    yield event;
    if (event.type !== 'token') return;
  }
  signal.throwIfAborted();
}
