import { describe, expect, test } from 'vitest';
import { readBending, readLying } from './leaning.ts';
import { createBody, type Keypoint } from './pose-estimator.ts';

type Point = readonly [x: number, y: number];
type Places = Partial<Record<'Shoulder' | 'Elbow' | 'Wrist' | 'Hip' | 'Knee' | 'Ankle' | 'head', Point>>;

/** Both sides of a body at the same places, seen from the side. */
const createProfile = (places: Places, score = 0.7) =>
  createBody((part): Keypoint => {
    const [x, y] = Object.entries(places).find(([name]) => part.endsWith(name))?.[1] ?? places.head ?? [0, 0];
    return { x, y, score };
  });

/** On the back on the ground, the head to the left; the torso is 60 long. */
const LYING: Places = {
  head: [75, 198],
  Shoulder: [100, 200],
  Elbow: [125, 205],
  Wrist: [150, 205],
  Hip: [160, 202],
  Knee: [205, 200],
  Ankle: [250, 203],
};
/** Over straight legs, the hands below the shoulders. */
const BENDING: Places = {
  head: [90, 165],
  Shoulder: [100, 150],
  Elbow: [100, 180],
  Wrist: [100, 205],
  Hip: [155, 140],
  Knee: [155, 190],
  Ankle: [155, 240],
};

describe('somebody', () => {
  test.each([
    ['on the ground', LYING],
    ['with the knees drawn up', { ...LYING, Knee: [150, 160], Ankle: [175, 200] }],
    ['on a bench, the feet on the ground', { ...LYING, Knee: [200, 215], Ankle: [205, 270] }],
  ] as const)('lies: %s', (_, places) => {
    const body = createProfile(places);
    expect(readLying(body)).toEqual({ posture: 'lying', isSure: true });
    expect(readBending(body)).toBeNull();
  });

  test.each([
    ['on stretched arms', { ...LYING, Elbow: [100, 220], Wrist: [100, 240] }],
    ['on the elbows', { ...LYING, Elbow: [100, 222], Wrist: [80, 224] }],
    ['on bent arms', { ...LYING, Elbow: [125, 196], Wrist: [118, 226] }],
    ['on all fours', { ...LYING, Wrist: [100, 250], Knee: [160, 250], Ankle: [200, 250] }],
    ['sitting bent over', { ...LYING, Knee: [110, 205], Ankle: [110, 260] }],
    ['leaning back, the head up', { ...LYING, head: [90, 165] }],
    ['upright', { ...LYING, Shoulder: [150, 140], head: [150, 115] }],
  ] as const)('does not lie: %s', (_, places) => expect(readLying(createProfile(places))).toBeNull());

  test('is not told to lie where the head cannot be seen', () => {
    const body = createBody((part) => {
      const point = createProfile(LYING)[part];
      return /nose|Eye|Ear/.test(part) ? { ...point, score: 0.2 } : point;
    });
    expect(readLying(body)).toBeNull();
  });

  test('bends down over straight legs', () => {
    expect(readBending(createProfile(BENDING))).toEqual({ posture: 'bending', isSure: true });
    expect(readBending(createProfile(BENDING, 0.45))).toEqual({ posture: 'bending', isSure: false });
  });

  test.each([
    ['standing', { ...BENDING, Shoulder: [150, 80] }],
    ['squatting', { ...BENDING, Knee: [110, 160], Ankle: [150, 200] }],
    ['on hands and feet', { ...BENDING, Wrist: [60, 238] }],
    ['on feet far behind the hips', { ...BENDING, Knee: [180, 180], Ankle: [205, 220] }],
  ] as const)('does not bend down: %s', (_, places) => expect(readBending(createProfile(places))).toBeNull());
});
