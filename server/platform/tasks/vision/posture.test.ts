import { describe, expect, test } from 'vitest';
import { createBody, type Keypoint } from './pose-estimator.ts';
import { findPostures, isBodyInBox, type PersonReading, readPostures } from './posture.ts';

type Point = readonly [x: number, y: number];

/** Somebody seen from the front whose torso is 60 high: shoulders at y 100, hips at y 160. */
function createPerson({
  shoulderX = 100,
  knee = [100, 210] as Point,
  ankle = [100, 260] as Point,
  stride = 0,
  score = 0.7,
  legScore = 0.7,
} = {}) {
  return createBody((part): Keypoint => {
    const side = part.startsWith('left') ? 1 : part.startsWith('right') ? -1 : 0;
    if (part.endsWith('Shoulder')) return { x: shoulderX + side * 15, y: 100, score };
    if (part.endsWith('Hip')) return { x: 100 + side * 10, y: 160, score };
    if (part.endsWith('Knee')) return { x: knee[0] + side * (10 + stride / 2), y: knee[1], score: legScore };
    if (part.endsWith('Ankle')) return { x: ankle[0] + side * (10 + stride), y: ankle[1], score: legScore };
    return { x: shoulderX, y: 75, score };
  });
}

describe('readPostures', () => {
  test.each([
    ['stands', createPerson(), 'standing'],
    ['stands before a camera above', createPerson({ knee: [100, 190], ankle: [100, 220] }), 'standing'],
    ['sits, seen from the front', createPerson({ knee: [100, 175], ankle: [100, 230] }), 'sitting'],
    ['sits, seen from the side', createPerson({ knee: [150, 162], ankle: [152, 220] }), 'sitting'],
  ] as const)('%s', (_, body, posture) => expect(readPostures(body)).toEqual([{ posture, isSure: true }]));

  test.each([
    ['takes a step', createPerson({ stride: 30 })],
    ['crouches: leans over bent knees', createPerson({ shoulderX: 140, knee: [140, 170], ankle: [120, 220] })],
    ['squats: the hips are just above the feet', createPerson({ knee: [130, 160], ankle: [110, 185] })],
    ['leans over straight legs', createPerson({ shoulderX: 140 })],
    ['has legs that cannot be seen', createPerson({ legScore: 0.3 })],
  ])('says nothing of somebody who %s', (_, body) => expect(readPostures(body)).toEqual([]));

  test('is not sure where the points are doubtful', () => {
    expect(readPostures(createPerson({ score: 0.45, legScore: 0.45 }))).toEqual([
      { posture: 'standing', isSure: false },
    ]);
  });
});

describe('isBodyInBox', () => {
  test('takes the points of the person in the box', () => {
    expect(isBodyInBox(createPerson(), [70, 60, 130, 270])).toBe(true);
  });

  test('refuses those of somebody who stands beside', () => {
    expect(isBodyInBox(createPerson(), [110, 60, 180, 270])).toBe(false);
  });

  test('refuses those of a small part of the box', () => {
    expect(isBodyInBox(createPerson(), [50, 60, 250, 600])).toBe(false);
  });
});

describe('findPostures', () => {
  const read = (left: number, isSure = true): PersonReading => ({
    posture: 'standing',
    isSure,
    box: [left, 0, left + 50, 100],
  });

  test('takes what two frames agree on, although neither is sure', () => {
    expect(findPostures([[read(0, false)], [read(5, false)]])).toEqual([{ posture: 'standing', count: 1 }]);
  });

  test('leaves out people who are elsewhere in the other frame', () => {
    expect(findPostures([[read(0)], [read(60)]])).toEqual([]);
  });

  test('takes a single frame at its word only where it is sure', () => {
    expect(findPostures([[read(0), read(100)]])).toEqual([{ posture: 'standing', count: 2 }]);
    expect(findPostures([[read(0, false)]])).toEqual([]);
  });
});
