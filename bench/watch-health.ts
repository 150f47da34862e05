import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Asks for `GET /healthz` again and again until it is stopped; resolves to the 99th percentile and the slowest, in milliseconds. */
export function watchHealth(url: string, everyMs: number): () => Promise<{ p99: number; most: number }> {
  const times: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const before = performance.now();
      await (await fetch(`${url}/healthz`)).text();
      times.push(performance.now() - before);
      await delay(everyMs);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    times.sort((a, b) => a - b);
    return { p99: times[Math.floor(times.length * 0.99)] ?? 0, most: times.at(-1) ?? 0 };
  };
}
