import { afterEach, expect, test, vi } from 'vitest';
import { createClient } from '../client.ts';
import type { AskEvent } from '../contracts/chat.ts';

afterEach(() => vi.useRealTimers());

/** A client whose answers are the given bytes, in the given pieces; `breaks` ends the stream with a lost connection. */
function streaming(pieces: readonly (string | Uint8Array)[], breaks = false) {
  const waiting = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = waiting.shift();
      if (piece !== undefined) controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      else if (breaks) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  return createClient({ fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }) });
}

async function getEvents(client: ReturnType<typeof createClient>, signal?: AbortSignal) {
  const events: AskEvent[] = [];
  for await (const event of client.chat.askStream('Who?', { videoId: 'v' }, { signal })) events.push(event);
  return events;
}

const token = 'event: token\ndata: {"content": "Grün"}\n\n';
const done = 'event: done\ndata: {"answer": "Grün", "model": "m"}\n\n';

test('tokens, then done, and nothing after it', async () => {
  const client = streaming([': keep-alive\n\n', token, done, token]);
  expect(await getEvents(client)).toEqual([
    { type: 'token', content: 'Grün' },
    { type: 'done', answer: 'Grün', model: 'm' },
  ]);
});

test('frames and characters may be split anywhere', async () => {
  const bytes = new TextEncoder().encode(token + done);
  const client = streaming(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  expect((await getEvents(client)).map(({ type }) => type)).toEqual(['token', 'done']);
});

test('the kind may stand in the data of unnamed events', async () => {
  const client = streaming(['data: {"type": "token", "content": "a"}\n\ndata: {"type": "error", "detail": "No."}\n\n']);
  expect(await getEvents(client)).toMatchObject([{ type: 'token' }, { type: 'error', detail: 'No.' }]);
});

test('an odd field loses neither the answer nor the reason of a failure', async () => {
  const odd = 'event: done\ndata: {"answer": "Grün", "citations": ["seg-1"], "model": 3}\n\n';
  expect((await getEvents(streaming([token, odd]))).at(-1)).toMatchObject({ type: 'done', answer: 'Grün', model: 3 });
  const failed = async (data: string) => (await getEvents(streaming([`event: error\ndata: ${data}\n\n`])))[0];
  expect(await failed('{"message": "No."}')).toMatchObject({ type: 'error', detail: 'No.' });
  expect(await failed('No.')).toEqual({ type: 'error', detail: 'No.' });
  expect(await failed('{"detail": null}')).toMatchObject({ type: 'error', detail: 'The answer failed.' });
});

test('a done event without the answer ends with the tokens before it', async () => {
  expect((await getEvents(streaming([token, token, 'event: done\ndata: {}\n\n']))).at(-1)).toEqual({
    type: 'done',
    answer: 'GrünGrün',
  });
  expect((await getEvents(streaming([token, 'event: done\ndata: [DONE]\n\n']))).at(-1)).toMatchObject({
    answer: 'Grün',
  });
});

test('a connection that ends early or breaks gives an error event, never a hang', async () => {
  const lost = {
    type: 'error',
    detail: 'The connection was lost before the answer was complete.',
    isConnectionLost: true,
  };
  expect(await getEvents(streaming([token]))).toEqual([{ type: 'token', content: 'Grün' }, lost]);
  expect(await getEvents(streaming([token], true))).toEqual([{ type: 'token', content: 'Grün' }, lost]);
});

test('an abort ends it with an AbortedError', async () => {
  const stop = new AbortController();
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(token));
      stop.abort();
    },
  });
  const client = createClient({ fetch: async () => new Response(endless) });
  await expect(getEvents(client, stop.signal)).rejects.toMatchObject({ name: 'AbortedError' });
});

/** A stream that sends a piece every `gapMs`, by the clock of the test. */
function paced(pieces: readonly string[], gapMs: number) {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const piece of pieces) {
        await new Promise((resolve) => setTimeout(resolve, gapMs));
        controller.enqueue(new TextEncoder().encode(piece));
      }
    },
  });
  return createClient({ fetch: async () => new Response(body) });
}

test('comments keep a stream alive while a model thinks', async () => {
  vi.useFakeTimers();
  const events = getEvents(paced([...Array.from({ length: 20 }, () => ': keep-alive\n\n'), token, done], 15_000));
  await vi.advanceTimersByTimeAsync(400_000);
  expect((await events).map(({ type }) => type)).toEqual(['token', 'done']);
});

test('a stream that sends nothing for a minute and a half has lost its connection', async () => {
  vi.useFakeTimers();
  const events = getEvents(paced([token, done], 91_000));
  await vi.advanceTimersByTimeAsync(100_000);
  expect(await events).toMatchObject([{ type: 'error', isConnectionLost: true }]);
});
