import { expect, test } from 'vitest';
import { mergeMoments } from './merge-moments.ts';
import type { NearSegment } from './nearest.ts';

function near(position: number, score: number, vector: [number, number], video = 'a'): NearSegment {
  return {
    segment_id: `${video}${position}`,
    video_id: video,
    position,
    start_s: position * 4,
    end_s: position * 4 + 4,
    thumbnail: '',
    caption: '',
    score,
    vector: `[${vector.join(',')}]`,
  };
}

const told = (hits: readonly NearSegment[]) =>
  hits.map(({ segment_id, start_s, end_s, score }) => [segment_id, start_s, end_s, score]);

test('segments that follow each other and look the same are one moment, with the best one first', () => {
  const hits = mergeMoments([near(5, 0.9, [1, 0]), near(6, 0.8, [1, 0]), near(4, 0.7, [0.999, 0.04])]);
  expect(told(hits)).toEqual([['a5', 16, 28, 0.9]]);
});

test('what looks different, lies apart or belongs to another video stays a moment of its own', () => {
  const hits = mergeMoments([
    near(5, 0.9, [1, 0]),
    near(6, 0.8, [0, 1]),
    near(8, 0.7, [1, 0]),
    near(6, 0.6, [1, 0], 'b'),
  ]);
  expect(hits).toHaveLength(4);
});

test('a long shot that drifts is compared at its end, not with its best segment', () => {
  const drift = (angle: number): [number, number] => [Math.cos(angle), Math.sin(angle)];
  const hits = mergeMoments([0, 1, 2, 3].map((step) => near(step, 1 - step / 10, drift(step * 0.2))));
  expect(told(hits)).toEqual([['a0', 0, 16, 1]]);
});
