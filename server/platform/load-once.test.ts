import { expect, test, vi } from 'vitest';
import { loadOnce } from './load-once.ts';

test('loads once, however many ask at once', async () => {
  const load = vi.fn(async () => ({ size: 1 }));
  const get = loadOnce(load);
  expect(load).not.toHaveBeenCalled();
  const [first, second] = await Promise.all([get(), get()]);
  expect(first).toBe(second);
  expect(await get()).toBe(first);
  expect(load).toHaveBeenCalledOnce();
});

test('tries again after a failed load', async () => {
  const load = vi.fn(async () => 'model');
  load.mockRejectedValueOnce(new Error('no such file'));
  const get = loadOnce(load);
  await expect(get()).rejects.toThrow('no such file');
  expect(await get()).toBe('model');
});
