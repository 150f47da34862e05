import type { Posture } from './observation.ts';
import type { Body, BodyPart, Keypoint } from './pose-estimator.ts';

/** Lengths and angles between the points of a body, for the rules that read it. */

/** Score from which a point counts. */
const MIN_SCORE = 0.4;
/** Mean score of the points that a rule has used from which one frame is enough. */
const MIN_SURE_SCORE = 0.55;

/** What a rule says of a body. */
export interface PostureReading {
  readonly posture: Posture;
  /** Whether one frame is enough to say so. */
  readonly isSure: boolean;
}

export interface Torso {
  readonly shoulders: readonly Keypoint[];
  readonly hips: readonly Keypoint[];
  readonly shoulder: Keypoint;
  readonly hip: Keypoint;
  readonly length: number;
  /** Of the line from the shoulders to the hips, in degrees: 0 upright, 90 level, 180 upside down. */
  readonly tilt: number;
}

export const SIDES = ['left', 'right'] as const;
const HEAD = ['nose', 'leftEye', 'rightEye', 'leftEar', 'rightEar'] as const;

export const isKnown = ({ score }: Keypoint) => score >= MIN_SCORE;

export const getKnown = (body: Body, parts: readonly BodyPart[]) => parts.map((part) => body[part]).filter(isKnown);

/** The middle of points. */
export const getMean = (points: readonly Keypoint[]): Keypoint => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  score: points.reduce((sum, { score }) => sum + score, 0) / points.length,
});

/** Whether the points that a rule has used are plain enough for one frame to be believed. */
export const arePlain = (points: readonly Keypoint[]) => getMean(points).score >= MIN_SURE_SCORE;

/** The angle of a line with the vertical in degrees: 0 straight down, 90 level, 180 straight up. */
export const getTilt = (from: Keypoint, to: Keypoint) =>
  Math.abs((Math.atan2(to.x - from.x, to.y - from.y) * 180) / Math.PI);

/** Null where shoulders or hips cannot be seen. */
export function getTorso(body: Body): Torso | null {
  const [shoulders, hips] = [
    getKnown(body, ['leftShoulder', 'rightShoulder']),
    getKnown(body, ['leftHip', 'rightHip']),
  ];
  if (shoulders.length === 0 || hips.length === 0) return null;
  const [shoulder, hip] = [getMean(shoulders), getMean(hips)];
  const length = Math.hypot(hip.x - shoulder.x, hip.y - shoulder.y);
  return { shoulders, hips, shoulder, hip, length, tilt: getTilt(shoulder, hip) };
}

/** Those points of the head that can be seen. */
export const getHead = (body: Body) => getKnown(body, HEAD);

/** The legs that can be seen from hip to ankle. */
export const getLegs = (body: Body) =>
  SIDES.map((side) => ({ hip: body[`${side}Hip`], knee: body[`${side}Knee`], ankle: body[`${side}Ankle`] })).filter(
    ({ hip, knee, ankle }) => [hip, knee, ankle].every(isKnown),
  );

/** Both arms, whether they can be seen or not. */
export const getArms = (body: Body) =>
  SIDES.map((side) => ({
    shoulder: body[`${side}Shoulder`],
    elbow: body[`${side}Elbow`],
    wrist: body[`${side}Wrist`],
  }));
