import {
  arePlain,
  getArms,
  getHead,
  getLegs,
  getMean,
  getTilt,
  getTorso,
  isKnown,
  type PostureReading,
  SIDES,
} from './body-geometry.ts';
import type { Body } from './pose-estimator.ts';

/**
 * Tells by the points of a body whether somebody lies or bends down. Planks, all fours, crouching and sitting bent over are
 * neither; nor is somebody told to lie whose head points at the camera or away from it.
 */

/** Degrees from the vertical. */
const LYING_TORSO = { min: 68, max: 115 } as const;
const BENDING_TORSO = { min: 48, max: 150 } as const;
/** Thighs of somebody who lies go on from the torso, are drawn up, or hang from a bench. */
const LYING_THIGH = { level: 50, drawnUp: 105 } as const;
const BENDING_LEG = { maxThigh: 50, maxShin: 40 } as const;
/** An arm that goes down more steeply than this carries its body, and so does a forearm. */
const MAX_PROP_TILT = { arm: 40, forearm: 45 } as const;
/** The elbow of an arm before the body is seen badly. */
const MIN_ELBOW_SCORE = 0.3;
/** Lengths as shares of the torso's. */
const LENGTHS = {
  /** How far the head of somebody who lies may be above the shoulders, and an ankle below the hip. */
  maxHeadRise: 0.4,
  maxLyingDrop: 1.45,
  /** How far an arm that carries the body reaches down. */
  propWrist: 0.4,
  propElbow: 0.3,
  propForearm: { length: 0.25, drop: 0.3 },
  minBendingDrop: 0.9,
  /** How far the feet may be behind the hips: of somebody on hands and feet they are further. */
  maxFeetBehind: 0.5,
  maxStride: 0.8,
  /** A hand on the ground as far as this from the feet carries the body. */
  maxReach: 1.3,
} as const;

/** Whether somebody lies; null where that cannot be told. */
export function readLying(body: Body): PostureReading | null {
  const torso = getTorso(body);
  const head = getHead(body);
  const legs = SIDES.map((side) => ({
    hip: body[`${side}Hip`],
    knee: body[`${side}Knee`],
    ankle: body[`${side}Ankle`],
  })).filter(({ hip, knee }) => isKnown(hip) && isKnown(knee));
  if (!torso || head.length === 0 || legs.length === 0) return null;
  const { shoulder, hip: hips, length, tilt } = torso;
  const isStretched = legs.every(({ hip, knee, ankle }) => {
    const thigh = getTilt(hip, knee);
    // The knees of somebody who sits bent over are on the side of the head.
    const isAway = (knee.x - hip.x) * (shoulder.x - hips.x) <= 0;
    const isDrawnUp = thigh >= LYING_THIGH.drawnUp;
    const hangsLow = isKnown(ankle) && ankle.y - hip.y > LENGTHS.maxLyingDrop * length;
    return (isDrawnUp || (isAway && thigh >= LYING_THIGH.level)) && !hangsLow;
  });
  const isPropped = getArms(body).some(({ shoulder: from, elbow, wrist }) => {
    const carries = (to: typeof wrist, reach: number) =>
      isKnown(from) && isKnown(to) && to.y - from.y > reach * length && getTilt(from, to) <= MAX_PROP_TILT.arm;
    const stands =
      isKnown(from) &&
      isKnown(wrist) &&
      elbow.score >= MIN_ELBOW_SCORE &&
      wrist.y - elbow.y > LENGTHS.propForearm.length * length &&
      wrist.y - from.y > LENGTHS.propForearm.drop * length &&
      getTilt(elbow, wrist) <= MAX_PROP_TILT.forearm;
    return stands || carries(wrist, LENGTHS.propWrist) || carries(elbow, LENGTHS.propElbow);
  });
  const isLevel = tilt >= LYING_TORSO.min && tilt <= LYING_TORSO.max;
  if (!isLevel || !isStretched || isPropped || shoulder.y - getMean(head).y > LENGTHS.maxHeadRise * length) return null;
  const points = [...torso.shoulders, ...torso.hips, ...head, ...legs.map(({ knee }) => knee)];
  return { posture: 'lying', isSure: arePlain(points) };
}

/** Whether somebody who stands bends down; null where that cannot be told, as where a leg is hidden. */
export function readBending(body: Body): PostureReading | null {
  const torso = getTorso(body);
  const legs = getLegs(body);
  const [leg, otherLeg] = legs;
  if (!torso || !leg || !otherLeg) return null;
  const { shoulder, hip: hips, length, tilt } = torso;
  const standsOn = legs.every(
    ({ hip, knee, ankle }) =>
      ankle.y - hip.y >= LENGTHS.minBendingDrop * length &&
      getTilt(hip, knee) <= BENDING_LEG.maxThigh &&
      getTilt(knee, ankle) <= BENDING_LEG.maxShin,
  );
  const isStriding = Math.abs(leg.ankle.x - otherLeg.ankle.x) > LENGTHS.maxStride * length;
  const [feet, knees] = [getMean(legs.map(({ ankle }) => ankle)), getMean(legs.map(({ knee }) => knee))];
  const isOnHands = getArms(body).some(
    ({ wrist }) => isKnown(wrist) && wrist.y > knees.y && Math.abs(wrist.x - feet.x) > LENGTHS.maxReach * length,
  );
  const behind = (hips.x - feet.x) * Math.sign(shoulder.x - hips.x);
  const isBent = tilt >= BENDING_TORSO.min && tilt <= BENDING_TORSO.max;
  if (!isBent || !standsOn || isStriding || isOnHands || behind > LENGTHS.maxFeetBehind * length) return null;
  const points = [...torso.shoulders, ...torso.hips, ...legs.flatMap(({ knee, ankle }) => [knee, ankle])];
  return { posture: 'bending', isSure: arePlain(points) };
}
