import { expect, test } from 'vitest';
import { ALL_VIDEOS } from '#shared/search/scope.ts';
import { parseSelection } from './map-url.ts';
import { toRegion, toRegionOutlines, toSavedRegion } from './regions.ts';

const SHAPES = [
  {
    does: 'choose' as const,
    polygon: [
      { x: 0, y: 0 },
      { x: 0.5, y: 0.9 },
      { x: 1, y: 0 },
    ],
  },
  {
    does: 'subtract' as const,
    polygon: [
      { x: 0, y: 0 },
      { x: 0.1, y: 0.1 },
      { x: 0.1, y: 0 },
    ],
  },
];
const item = (region: object) => ({
  saved_region_id: 'r',
  name: 'Cars',
  region: { shapes: '', ...region },
  created_at: '2026-01-01T00:00:00Z',
  new_video_ids: [],
});

test('a region belongs to the scope that it was saved in', () => {
  const some = { videoIds: ['b', 'a'], collectionIds: ['c'] };
  expect(toRegion(item({ all_videos: true }), ALL_VIDEOS, SHAPES)).toEqual({ id: 'r', name: 'Cars', shapes: SHAPES });
  expect(toRegion(item({ video_ids: ['a', 'b'], collection_ids: ['c'] }), some, SHAPES)).not.toBeNull();
  expect(toRegion(item({ all_videos: true }), some, SHAPES)).toBeNull();
  expect(toRegion(item({ video_ids: ['a'] }), some, SHAPES)).toBeNull();
});

test('a selection is saved as the URL has it; none is not', () => {
  const saved = toSavedRegion(SHAPES, ALL_VIDEOS);
  expect(saved).toMatchObject({ all_videos: true });
  const [first, second] = parseSelection(saved?.shapes ?? '');
  expect([first?.does, second?.does]).toEqual(['choose', 'subtract']);
  expect(first?.polygon[1]?.y).toBeCloseTo(0.9, 4);
  expect(toSavedRegion([], ALL_VIDEOS)).toBeNull();
});

test('an outline bears the name and what is new, on its highest place', () => {
  const [outline] = toRegionOutlines([{ id: 'r', name: 'Cars', shapes: SHAPES, newCount: 3 }]);
  expect(outline).toMatchObject({ label: 'Cars · 3 new', at: { x: 0.5, y: 0.9 } });
  expect(outline?.rings).toHaveLength(1);
});
