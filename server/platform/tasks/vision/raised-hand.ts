import {
  arePlain,
  getArms,
  getHead,
  getKnown,
  getMean,
  getTilt,
  getTorso,
  isKnown,
  type PostureReading,
} from './body-geometry.ts';
import type { Body } from './pose-estimator.ts';

/** Degrees from the vertical. Of somebody who lies or hangs upside down "raised" says nothing. */
const MAX_TORSO_TILT = 40;
/** Degrees, 180 being straight up: of a forearm above the head, and of one beside it. */
const MIN_FOREARM = { above: 120, beside: 140 } as const;
/** An elbow before the face is seen badly; the wrist above it counts. */
const MIN_ELBOW_SCORE = 0.3;
/** Lengths as shares of the distance between the shoulders and the middle of the face. */
const LENGTHS = {
  /** A face that is further to the side belongs to somebody who leans. */
  maxLean: 1.2,
  /** How far an elbow may be below its shoulder. */
  maxElbowDrop: 0.2,
  /** How high the wrist is above the middle of the face: above the head, or beside it. A hand at an ear holds a phone. */
  above: 0.95,
  beside: { rise: 0.4, distance: 1 },
} as const;
/** Pixels between the shoulders and the middle of the face below which heights say nothing. */
const MIN_NECK = 6;

/** Whether somebody upright raises a hand above the head, or both; null where that cannot be told. */
export function readRaisedHand(body: Body): PostureReading | null {
  const shoulders = getKnown(body, ['leftShoulder', 'rightShoulder']);
  const head = getHead(body);
  if (shoulders.length === 0 || head.length === 0) return null;
  const [shoulder, face] = [getMean(shoulders), getMean(head)];
  const neck = shoulder.y - face.y;
  const tilt = getTorso(body)?.tilt ?? 0;
  if (neck <= MIN_NECK || tilt > MAX_TORSO_TILT || Math.abs(face.x - shoulder.x) > LENGTHS.maxLean * neck) return null;
  const raised = getArms(body).filter(({ shoulder: from, elbow, wrist }) => {
    if (!isKnown(from) || !isKnown(wrist) || elbow.score < MIN_ELBOW_SCORE) return false;
    const [rise, distance] = [(face.y - wrist.y) / neck, Math.abs(wrist.x - face.x) / neck];
    const forearm = getTilt(elbow, wrist);
    const isAbove = rise >= LENGTHS.above && forearm >= MIN_FOREARM.above;
    const isBeside =
      rise >= LENGTHS.beside.rise && distance >= LENGTHS.beside.distance && forearm >= MIN_FOREARM.beside;
    return elbow.y <= from.y + LENGTHS.maxElbowDrop * neck && (isAbove || isBeside);
  });
  if (raised.length === 0) return null;
  return { posture: 'raising_hand', isSure: raised.some((arm) => arePlain(Object.values(arm))) };
}
