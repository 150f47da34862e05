import { expect, test, vi } from 'vitest';
import { forgetReviews, getVerdict, toggleVerdict, useReviews } from './reviews-store.ts';

const verdictOf = (videoId: string, startMs: number) => getVerdict(useReviews.getState(), { videoId, startMs });

test('a verdict replaces the one before, and is taken back when it is set again', async () => {
  const segment = { videoId: 'a', startMs: 4000 };
  toggleVerdict(segment, 'reviewed');
  await vi.waitFor(() => expect(verdictOf('a', 4000)).toBe('reviewed'));
  toggleVerdict(segment, 'kept');
  expect(verdictOf('a', 4000)).toBe('kept');
  expect(verdictOf('a', 8000)).toBeNull();
  toggleVerdict(segment, 'kept');
  expect(verdictOf('a', 4000)).toBeNull();
});

test('verdicts of a deleted video are forgotten, and no others', async () => {
  toggleVerdict({ videoId: 'gone', startMs: 0 }, 'rejected');
  toggleVerdict({ videoId: 'here', startMs: 0 }, 'rejected');
  await vi.waitFor(() => expect(verdictOf('here', 0)).toBe('rejected'));
  await forgetReviews(['gone', 'never seen']);
  expect(verdictOf('gone', 0)).toBeNull();
  expect(verdictOf('here', 0)).toBe('rejected');
});
