import { createParser, type EventSourceMessage } from 'eventsource-parser';

/**
 * Server-sent events of a response body, as they arrive. Frames and UTF-8 characters may be split anywhere; comments
 * (keep-alives) are skipped. Ends when the body ends, throws what reading the body throws.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const ready: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => ready.push(event) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      parser.feed(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
