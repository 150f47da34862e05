import { expect, test } from 'vitest';
import { createBody, type Keypoint } from './pose-estimator.ts';
import { readRaisedHand } from './raised-hand.ts';

type Point = readonly [x: number, y: number];

/** Upright, the face 30 above the shoulders; the left arm is raised or not. */
const createPerson = ({
  elbow = [120, 80] as Point,
  wrist = [115, 40] as Point,
  hip = [100, 180] as Point,
  elbowScore = 0.7,
  wristScore = 0.7,
} = {}) =>
  createBody((part): Keypoint => {
    if (part === 'leftElbow') return { x: elbow[0], y: elbow[1], score: elbowScore };
    if (part === 'leftWrist') return { x: wrist[0], y: wrist[1], score: wristScore };
    if (part.endsWith('Hip')) return { x: hip[0], y: hip[1], score: 0.7 };
    if (part.endsWith('Shoulder')) return { x: part.startsWith('left') ? 118 : 82, y: 110, score: 0.7 };
    if (part === 'rightElbow') return { x: 80, y: 150, score: 0.7 };
    if (part === 'rightWrist') return { x: 80, y: 185, score: 0.7 };
    return { x: 100, y: 80, score: 0.7 };
  });

test.each([
  ['above the head', createPerson()],
  ['beside the head', createPerson({ elbow: [145, 105], wrist: [150, 62] })],
  ['before the face', createPerson({ elbowScore: 0.32 })],
])('a hand is raised: %s', (_, body) => expect(readRaisedHand(body)?.posture).toBe('raising_hand'));

test.each([
  ['hangs', createPerson({ elbow: [125, 150], wrist: [125, 185] })],
  ['is at an ear', createPerson({ elbow: [135, 112], wrist: [112, 78] })],
  ['is stretched to the side', createPerson({ elbow: [155, 108], wrist: [195, 106] })],
  ['is at the chest', createPerson({ elbow: [130, 140], wrist: [110, 120] })],
  ['cannot be seen', createPerson({ wristScore: 0.2 })],
  ['is that of somebody who leans far over', createPerson({ hip: [200, 140] })],
])('says nothing of a hand that %s', (_, body) => expect(readRaisedHand(body)).toBeNull());

test('is not sure where the points are doubtful', () => {
  expect(readRaisedHand(createPerson({ wristScore: 0.41, elbowScore: 0.41 }))?.isSure).toBe(false);
});
