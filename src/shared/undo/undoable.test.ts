import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usePendingDeletions } from './pending-deletions-store.ts';
import { undo } from './undo-stack.ts';
import { undoable } from './undoable.tsx';

vi.mock('@mantine/notifications', () => ({ notifications: { show: vi.fn(), hide: vi.fn() } }));

let page: EventTarget;
beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal('window', page);
  usePendingDeletions.setState({ keys: new Set() });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const texts = { keys: ['video a'], message: '1 video deleted', failure: 'Not deleted' };
const hidden = () => [...usePendingDeletions.getState().keys];

test('what has an inverse is done at once, and undone by it', async () => {
  const [run, revert] = [vi.fn(async () => 'result'), vi.fn(async () => undefined)];
  undoable({ ...texts, run, revert });
  expect(run).toHaveBeenCalledOnce();
  expect(hidden()).toEqual(['video a']);
  undo();
  await vi.advanceTimersByTimeAsync(0);
  expect(revert).toHaveBeenCalledExactlyOnceWith('result');
  expect(hidden()).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run).toHaveBeenCalledOnce();
});

test('what has no inverse waits, and is not done when it is undone', async () => {
  const run = vi.fn(async () => undefined);
  undoable({ ...texts, run });
  await vi.advanceTimersByTimeAsync(6_000);
  expect(run).not.toHaveBeenCalled();
  undo();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run).not.toHaveBeenCalled();
  expect(hidden()).toEqual([]);
});

test('what waits is done when the page is left, once', async () => {
  const run = vi.fn(async () => undefined);
  undoable({ ...texts, run });
  page.dispatchEvent(new Event('pagehide'));
  expect(run).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run).toHaveBeenCalledOnce();
  undo();
  expect(hidden()).toEqual([]);
});

test('what is refused is shown again', async () => {
  const revert = vi.fn(async () => undefined);
  undoable({ ...texts, run: () => Promise.reject(new Error('no')), revert });
  await vi.advanceTimersByTimeAsync(0);
  expect(hidden()).toEqual([]);
  undo();
  expect(revert).not.toHaveBeenCalled();
});
