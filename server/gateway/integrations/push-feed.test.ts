import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PushProgress } from '../../../src/api/contracts/integrations.ts';
import { PushFeed } from './push-feed.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const push = (id: string, rows: number, status: PushProgress['status'] = 'running'): PushProgress => ({
  id,
  connection_id: 'connection',
  status,
  video_count: 1,
  done_count: 0,
  rows,
  error: null,
  model: null,
  interruptions: 0,
  started_at: '2026-01-01T00:00:00.000Z',
});

function createFeed() {
  const feed = new PushFeed();
  const told: string[] = [];
  feed.onChange(({ id, rows, status }) => told.push(`${id} ${rows} ${status}`));
  return { feed, told };
}

test('tells a few of many changes, and the last state always', () => {
  const { feed, told } = createFeed();
  for (let rows = 1; rows <= 1000; rows += 1) {
    feed.update([push('a', rows)]);
    vi.advanceTimersByTime(1);
  }
  feed.update([push('a', 1000, 'done')]);
  vi.advanceTimersByTime(1000);
  expect(told.length).toBeLessThanOrEqual(6);
  expect(told[0]).toBe('a 1 running');
  expect(told.at(-1)).toBe('a 1000 done');
});

test('tells the change of one push at once while another one waits for its turn', () => {
  const { feed, told } = createFeed();
  feed.update([push('a', 1)]);
  feed.update([push('a', 2), push('b', 1)]);
  expect(told).toEqual(['a 1 running', 'b 1 running']);
});

test('does not tell what has not changed', () => {
  const { feed, told } = createFeed();
  feed.update([push('a', 1)]);
  vi.advanceTimersByTime(1000);
  feed.update([push('a', 1)]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['a 1 running']);
});
