import { expect, test } from 'vitest';
import type { SegmentDetails } from '#api/contracts/segments.ts';
import type { Segment } from '#shared/segments/segment-queries.ts';
import { toExampleQueries } from './to-example-queries.ts';

type DetectedObject = SegmentDetails['objects'][number];
const object = (label: string, more: Partial<DetectedObject> = {}): DetectedObject => ({
  label,
  count: 1,
  color: null,
  moving: false,
  ...more,
});
const segment = (...objects: DetectedObject[]): Segment => ({
  id: '1',
  start: 0,
  end: 4,
  thumbnail: null,
  text: null,
  details: {
    segment_id: '1',
    start: '00:00:00',
    end: '00:00:04',
    start_ms: 0,
    end_ms: 4000,
    text: '',
    thumbnail_url: null,
    objects,
    colors: [],
    motion: 'still',
    camera_moves: false,
    faces: 0,
    time_of_day: null,
    written: [],
  },
});

test('what is in most segments comes first, each label once', () => {
  const walking = object('person', { moving: true, color: 'black' });
  const [white, gray] = [object('car', { color: 'white' }), object('car', { color: 'gray' })];
  expect(toExampleQueries([[segment(walking), segment(white, walking)], [segment(white, gray, walking)]])).toEqual([
    'person walking',
    'white car',
  ]);
});

test('where no object was detected, the main color is offered', () => {
  const colored = (...colors: { name: string; share: number }[]): Segment => {
    const { details, ...plain } = segment();
    return { ...plain, details: details && { ...details, colors } };
  };
  const green = colored({ name: 'gray', share: 0.6 }, { name: 'green', share: 0.3 });
  expect(toExampleQueries([[green, colored({ name: 'black', share: 1 })]])).toEqual(['green scene']);
});

test('without anything detected there are no examples', () => {
  expect(toExampleQueries([[], [{ ...segment(), details: null }]])).toEqual([]);
});
