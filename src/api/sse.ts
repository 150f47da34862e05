import { createParser } from 'eventsource-parser';

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
