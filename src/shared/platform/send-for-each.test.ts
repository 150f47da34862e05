import { afterEach, expect, test, vi } from 'vitest';
import { sendForEach } from './send-for-each.ts';

const ids = Array.from({ length: 20 }, (_, index) => `${index}`);

afterEach(() => vi.unstubAllGlobals());

test('sends what is still waiting when the page is left', async () => {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const sent: string[] = [];
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const done = sendForEach(ids, (id) => {
    sent.push(id);
    return answered;
  });
  expect(sent.length).toBeLessThan(ids.length);
  page.dispatchEvent(new Event('pagehide'));
  expect(sent).toHaveLength(ids.length);
  answer();
  expect(await done).toEqual([]);
  expect(new Set(sent).size).toBe(sent.length);
});

test('tries all, and tells which failed', async () => {
  vi.stubGlobal('window', new EventTarget());
  const failed = await sendForEach(ids, async (id) => {
    if (id === '3') throw new Error('no');
  });
  expect(failed.map(({ id }) => id)).toEqual(['3']);
});
