import { beforeAll, describe, expect, test } from 'vitest';
import { loadOnce } from '../load-once.ts';
import type { SeenObject, SegmentObservation } from '../tasks/vision/observation.ts';
import { getCaption } from './describe.ts';
import { DIMENSION, LOCAL } from './embedding-model.ts';
import { LocalEmbedder } from './local-embedder.ts';
import { WordNet } from './wordnet.ts';

let embedder: LocalEmbedder;
beforeAll(async () => {
  embedder = new LocalEmbedder(loadOnce(() => WordNet.load()));
});

function seen(label: string, more: Partial<SeenObject> = {}): SeenObject {
  return { label, count: 1, score: 0.7, color: null, moving: false, ...more };
}

function observed(objects: SeenObject[], more: Partial<SegmentObservation> = {}): SegmentObservation {
  return {
    index: 0,
    start: 0,
    end: 4,
    thumbnail: '00000.jpg',
    objects,
    colors: [{ name: 'gray', share: 0.9 }],
    motion: 'moderate',
    cameraMoves: false,
    brightness: 0.5,
    texture: 0.2,
    faces: 0,
    timeOfDay: null,
    features: [0.1, 0.5, 0.3, 0.9],
    ...more,
  };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

const car = observed([seen('car', { color: 'red', moving: true })]);
const crowd = observed([seen('person', { count: 6, moving: true })]);
const sitting = observed([seen('person', { count: 2 })], { postures: [{ posture: 'sitting', count: 2 }] });
const lying = observed([seen('person')], { postures: [{ posture: 'lying', count: 1 }] });
const bending = observed([seen('person')], { postures: [{ posture: 'bending', count: 1 }] });
const raising = observed([seen('person')], { postures: [{ posture: 'raising_hand', count: 1 }] });
const faceToFace = observed([seen('person', { count: 2, moving: true })], { interaction: 'face_to_face' });
const smiling = observed([seen('person')], { faces: 1, smiles: 1 });
const bottles = observed([seen('bottle', { count: 3 })]);
const empty = observed([], { motion: 'still' });

describe('captions', () => {
  test.each([
    [car, 'A red car driving; mostly gray.'],
    [crowd, 'Six people walking; mostly gray.'],
    [bottles, 'Three bottles; mostly gray.'],
    [observed([seen('bottle', { count: 3, countVaries: true })]), 'Several bottles; mostly gray.'],
    [observed([seen('bottle', { count: 2, countVaries: true })]), 'Two bottles; mostly gray.'],
    [
      observed([seen('car', { count: 2, colors: ['red', 'white'], moving: true })]),
      'A red car and a white car driving; mostly gray.',
    ],
    [empty, 'An empty scene, nothing moves; mostly gray.'],
    [sitting, 'Two people sitting; mostly gray.'],
    // One of two.
    [
      observed([seen('person', { count: 2 })], { postures: [{ posture: 'standing', count: 1 }] }),
      'Two people; mostly gray.',
    ],
    [
      observed([seen('person', { moving: true })], { postures: [{ posture: 'standing', count: 1 }] }),
      'A person walking; mostly gray.',
    ],
    [lying, 'A person lying down; mostly gray.'],
    [
      observed([seen('person', { moving: true })], {
        postures: [
          { posture: 'standing', count: 1 },
          { posture: 'raising_hand', count: 1 },
        ],
      }),
      'A person raising a hand; mostly gray.',
    ],
    [
      observed([seen('person', { count: 2 })], {
        postures: [
          { posture: 'standing', count: 2 },
          { posture: 'raising_hand', count: 1 },
        ],
      }),
      'Two people standing; mostly gray.',
    ],
    [faceToFace, 'Two people facing each other; mostly gray.'],
    [
      observed([seen('person', { count: 3 })], { interaction: 'face_to_face' }),
      'Three people, two of them facing each other; mostly gray.',
    ],
    [smiling, 'A person; mostly gray, a smiling face towards the camera.'],
    [
      observed([seen('person', { count: 3 })], { faces: 3, smiles: 1 }),
      'Three people; mostly gray, three faces towards the camera, one of them smiling.',
    ],
  ])('%#', (observation, caption) => expect(getCaption(observation)).toBe(caption));
});

describe('the local embedder', () => {
  test('gives unit vectors of 1024 numbers', async () => {
    for (const vector of [await embedder.embedText('a car'), await embedder.embedSegment({ observation: car })]) {
      expect(vector).toHaveLength(DIMENSION);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    }
  });

  test.each([
    ['an automobile on the road', 0],
    ['vehicle', 0],
    ['a crowd of pedestrians', 1],
    ['human beings', 1],
    ['something to drink from', 2],
    ['nothing happens', 3],
  ])('finds "%s"', async (query, expected) => {
    const text = await embedder.embedText(query);
    const vectors = await Promise.all(
      [car, crowd, bottles, empty].map((segment) => embedder.embedSegment({ observation: segment })),
    );
    const scores = vectors.map((vector) => dot(text, vector));
    expect(scores.indexOf(Math.max(...scores))).toBe(expected);
  });

  test.each([
    ['a red car', 0],
    ['a car that is white', 1],
    ['gray vehicle', 2],
  ])('tells colors of things apart: "%s"', async (query, expected) => {
    const text = await embedder.embedText(query);
    const cars = ['red', 'white', 'gray'].map((color) =>
      observed([seen('car', { color, moving: true }), seen('person')]),
    );
    const vectors = await Promise.all(cars.map((observation) => embedder.embedSegment({ observation })));
    const scores = vectors.map((vector) => dot(text, vector));
    expect(scores.indexOf(Math.max(...scores))).toBe(expected);
  });

  test.each([
    ['a person sitting', 0],
    ['somebody who stands', 1],
    ['students sitting', 0],
  ])('tells apart what people do: "%s"', async (query, expected) => {
    const text = await embedder.embedText(query);
    const standing = observed([seen('person')], { postures: [{ posture: 'standing', count: 1 }] });
    const unknown = observed([seen('person')]);
    const vectors = await Promise.all(
      [sitting, standing, unknown].map((observation) => embedder.embedSegment({ observation })),
    );
    const scores = vectors.map((vector) => dot(text, vector));
    expect(scores.indexOf(Math.max(...scores))).toBe(expected);
  });

  test.each([
    ['somebody lying on the floor', 0],
    ['bending down', 1],
    ['raising hands', 2],
    ['two people talking face to face', 3],
    ['smiling', 4],
    ['a happy woman who smiles', 4],
  ])('finds first who does it: "%s"', async (query, expected) => {
    const text = await embedder.embedText(query);
    const segments = [lying, bending, raising, faceToFace, smiling, sitting, observed([seen('person')]), crowd, empty];
    const vectors = await Promise.all(segments.map((observation) => embedder.embedSegment({ observation })));
    const scores = vectors.map((vector) => dot(text, vector));
    expect(scores.indexOf(Math.max(...scores))).toBe(expected);
    expect(scores[expected]).toBeGreaterThanOrEqual(LOCAL.close);
  });

  test.each(['man', 'a woman', 'children', 'boys'])('takes "%s" for people', async (query) => {
    const text = await embedder.embedText(query);
    const vectors = await Promise.all(
      [observed([seen('person')]), car, bottles, empty].map((observation) => embedder.embedSegment({ observation })),
    );
    const scores = vectors.map((vector) => dot(text, vector));
    expect(scores.indexOf(Math.max(...scores))).toBe(0);
    expect(scores[0]).toBeGreaterThanOrEqual(LOCAL.close);
  });

  test.each(['fruit', 'shopping', 'indoors'])(
    'finds nothing close to "%s", of which nothing is known',
    async (query) => {
      const text = await embedder.embedText(query);
      for (const observation of [car, crowd, bottles, empty])
        expect(dot(text, await embedder.embedSegment({ observation }))).toBeLessThan(LOCAL.close);
    },
  );

  test('segments that look different differ, even when the same words describe them', async () => {
    const other = observed([seen('car', { color: 'red', moving: true })], { features: [0.9, 0.1, 0.8, 0.2] });
    expect(
      dot(await embedder.embedSegment({ observation: car }), await embedder.embedSegment({ observation: other })),
    ).toBeLessThan(0.95);
  });
});
