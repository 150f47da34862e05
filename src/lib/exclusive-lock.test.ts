import { expect, test } from 'vitest';
import { StorageLease } from './exclusive-lock.ts';

function memoryStorage() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

test('a lease is held by one owner until it is released', () => {
  const storage = memoryStorage();
  const [first, second] = [new StorageLease('uploads', storage), new StorageLease('uploads', storage)];
  first.claim(0);
  second.claim(1_000);
  expect([first.isMine, second.isMine]).toEqual([true, false]);
  second.release();
  expect(first.isMine).toBe(true);
  first.release();
  second.claim(2_000);
  expect(second.isMine).toBe(true);
});

test('a lease that its owner no longer renews is taken over', () => {
  const storage = memoryStorage();
  const [crashed, next] = [new StorageLease('uploads', storage), new StorageLease('uploads', storage)];
  crashed.claim(0);
  crashed.claim(60_000);
  next.claim(120_000);
  expect(next.isMine).toBe(false);
  next.claim(151_000);
  expect(next.isMine).toBe(true);
});
