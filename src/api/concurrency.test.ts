import { expect, test } from 'vitest';
import { Limiter } from './concurrency.ts';

/** Starts work that runs until it is told to end; returns what runs now, by number, and how to end it. */
function startWork(limiter: Limiter, count: number) {
  const ends = new Map<number, () => void>();
  for (let number = 1; number <= count; number += 1)
    void limiter.run(() =>
      new Promise<void>((resolve) => ends.set(number, resolve)).finally(() => ends.delete(number)),
    );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    running: async () => {
      await settle();
      return [...ends.keys()];
    },
    end: (number: number) => ends.get(number)?.(),
  };
}

test('runs at most as many pieces of work as it is told, in their order', async () => {
  const work = startWork(new Limiter(2), 4);
  expect(await work.running()).toEqual([1, 2]);
  work.end(1);
  expect(await work.running()).toEqual([2, 3]);
});

test('a higher limit begins what waits, a lower one lets what runs end', async () => {
  const limiter = new Limiter(1);
  const work = startWork(limiter, 5);
  limiter.max = 3;
  expect(await work.running()).toEqual([1, 2, 3]);
  limiter.max = 1;
  work.end(1);
  work.end(2);
  expect(await work.running()).toEqual([3]);
  work.end(3);
  expect(await work.running()).toEqual([4]);
});
