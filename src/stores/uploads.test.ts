import { beforeEach, expect, test, vi } from 'vitest';

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined });
const { fileOf, useUploads } = await import('./uploads.ts');

beforeEach(() => useUploads.setState({ items: [] }));

test('files join the queue, and an empty one fails with a sentence', () => {
  useUploads.getState().add([new File(['abc'], 'a.mp4'), new File([], 'empty.mp4')]);
  const { items } = useUploads.getState();
  expect(items.map(({ name, phase, error }) => [name, phase, error])).toEqual([
    ['a.mp4', 'queued', null],
    ['empty.mp4', 'failed', 'This file is empty.'],
  ]);
  expect(fileOf(items[0]?.id ?? '')?.size).toBe(3);
});

test('cancel and retry touch only their own item', () => {
  useUploads.getState().add([new File(['abc'], 'a.mp4'), new File(['abc'], 'b.mp4')]);
  const [first] = useUploads.getState().items;
  useUploads.getState().cancel(first?.id ?? '');
  expect(useUploads.getState().items.map(({ phase }) => phase)).toEqual(['cancelled', 'queued']);
  useUploads.getState().retry(first?.id ?? '');
  expect(useUploads.getState().items.map(({ phase }) => phase)).toEqual(['queued', 'queued']);
  useUploads.getState().update(first?.id ?? '', { phase: 'ready' });
  useUploads.getState().clearFinished();
  expect(useUploads.getState().items.map(({ name }) => name)).toEqual(['b.mp4']);
});
