import type Hls from 'hls.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PrefetchedStream } from './prefetched-stream.ts';

const made: FakeHls[] = [];

/** What `PrefetchedStream` uses of hls.js. */
class FakeHls {
  static readonly Events = { ERROR: 'hlsError' };
  static isSupported = () => true;
  readonly loadSource = vi.fn();
  readonly destroy = vi.fn();
  fail: (fatal: boolean) => void = () => undefined;

  readonly config: object;

  constructor(config: object) {
    this.config = config;
    made.push(this);
  }

  on(_event: string, listener: (event: string, data: { fatal: boolean }) => void) {
    this.fail = (fatal) => listener('hlsError', { fatal });
  }
}

const load = async () => ({ default: FakeHls as unknown as typeof Hls });
const start = { manifestUrl: '/a/master.m3u8', position: 4 };
let prefetched: PrefetchedStream;

beforeEach(() => {
  vi.useFakeTimers();
  made.length = 0;
  prefetched = new PrefetchedStream();
});
afterEach(() => vi.useRealTimers());

const fetchStart = async (next: typeof start) => {
  prefetched.fetch(next, {}, load);
  await vi.advanceTimersByTimeAsync(100);
};

test('the start that was fetched is handed over, once', async () => {
  await fetchStart(start);
  await fetchStart({ ...start });
  expect(made).toHaveLength(1);
  expect(made[0]?.config).toMatchObject({ startPosition: 4, startFragPrefetch: true });
  expect(made[0]?.loadSource).toHaveBeenCalledExactlyOnceWith('/a/master.m3u8');
  expect(prefetched.take(start)).toBe(made[0]);
  expect(made[0]?.destroy).not.toHaveBeenCalled();
  expect(prefetched.take(start)).toBeNull();
});

test('another second of a stream, or another stream, is not what was fetched', async () => {
  await fetchStart(start);
  expect(prefetched.take({ ...start, position: 6 })).toBeNull();
  expect(made[0]?.destroy).toHaveBeenCalledOnce();
});

test('a pointer that passes over several fetches the one that it rests on', async () => {
  for (const position of [0, 2, 4]) prefetched.fetch({ ...start, position }, {}, load);
  await vi.advanceTimersByTimeAsync(100);
  expect(made.map(({ config }) => config)).toEqual([expect.objectContaining({ startPosition: 4 })]);
});

test('what fails, or is not played, is given up', async () => {
  await fetchStart(start);
  made[0]?.fail(false);
  expect(made[0]?.destroy).not.toHaveBeenCalled();
  made[0]?.fail(true);
  expect(made[0]?.destroy).toHaveBeenCalledOnce();
  expect(prefetched.take(start)).toBeNull();
  await fetchStart(start);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(made[1]?.destroy).toHaveBeenCalledOnce();
  expect(prefetched.take(start)).toBeNull();
});
