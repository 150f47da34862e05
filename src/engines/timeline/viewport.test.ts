import { expect, test } from 'vitest';
import { follow, panBy, ticks, within, zoomAt } from './viewport.ts';

const TEN_HOURS = 36_000;

test('zooming keeps the second under the pointer where it is', () => {
  const view = zoomAt({ from: 0, to: 100 }, 4, 30, 100);
  expect(view.to - view.from).toBeCloseTo(25);
  expect((30 - view.from) / 25).toBeCloseTo(0.3);
});

test('a view stays within the video, and no closer than a second', () => {
  expect(zoomAt({ from: 0, to: 100 }, 0.01, 50, 100)).toEqual({ from: 0, to: 100 });
  const closest = zoomAt({ from: 0, to: TEN_HOURS }, 1e9, 18_000, TEN_HOURS);
  expect(closest.to - closest.from).toBeCloseTo(1);
  expect(panBy({ from: 80, to: 100 }, 50, 100)).toEqual({ from: 80, to: 100 });
  expect(within({ from: -10, to: 500 }, 100)).toEqual({ from: 0, to: 100 });
  expect(within({ from: 0, to: 0.3 }, 0.5)).toEqual({ from: 0, to: 0.5 });
});

test('the view follows a playhead that leaves it, and only then', () => {
  const view = { from: 0, to: 10 };
  expect(follow(view, 9.8, 9.9, 100)).toBe(view);
  const next = follow(view, 9.9, 10.1, 100);
  expect(next.from).toBeCloseTo(9.6);
  expect(next.to - next.from).toBeCloseTo(10);
});

test('who looks elsewhere is left there', () => {
  const view = { from: 50, to: 60 };
  expect(follow(view, 9.9, 10.1, 100)).toBe(view);
});

test.each([
  [{ from: 0, to: TEN_HOURS }, 1000],
  [{ from: 0, to: 12 }, 1000],
  [{ from: 100, to: 101 }, 600],
])('labels of %o have room', (view, width) => {
  const { step, times } = ticks(view, width, 80);
  expect((step / (view.to - view.from)) * width).toBeGreaterThanOrEqual(80);
  expect(times.length).toBeGreaterThan(2);
  expect(times.every((time) => time >= view.from && time <= view.to)).toBe(true);
});
