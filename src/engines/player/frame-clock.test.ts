import { expect, test } from 'vitest';
import { FrameClock, frameAt } from './frame-clock.ts';

test('learns the frame rate, past seeks and skipped frames', () => {
  const clock = new FrameClock();
  for (const frame of [0, 1, 2, 3]) clock.note(frame / 25);
  expect(clock.duration).toBeNull();
  for (const frame of [4, 500, 501, 503, 504, 505, 20, 21]) clock.note(frame / 25);
  expect(clock.duration).toBeCloseTo(0.04);
});

test('steps from frame to frame, also from within one', () => {
  expect(frameAt(1, 0.04, 1)).toBeCloseTo(1.04);
  expect(frameAt(1.039, 0.04, 1)).toBeCloseTo(1.08);
  expect(frameAt(1.02, 0.04, -1)).toBeCloseTo(0.96);
  expect(frameAt(0.02, 0.04, -1)).toBe(0);
});
