import { setTimeout as delay } from 'node:timers/promises';

/** A comment of server-sent events, which clients skip. */
export const KEEP_ALIVE = ': keep-alive\n\n';

/** Passes frames on, with a comment after each `intervalMs` in which none came. */
export async function* withKeepAlive(frames: AsyncIterable<string>, intervalMs: number): AsyncGenerator<string> {
  const iterator = frames[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const waiting = new AbortController();
      const result = await Promise.race([
        next,
        delay(intervalMs, null, { signal: waiting.signal }).catch(() => null),
      ]).finally(() => waiting.abort());
      if (result === null) {
        yield KEEP_ALIVE;
        continue;
      }
      if (result.done) return;
      yield result.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}
