import { type Box, getArea, getIntersection, getOverlap } from './boxes.ts';
import type { PeoplePosture, Posture } from './observation.ts';
import type { Body, Keypoint } from './pose-estimator.ts';

/** Tells by the points of a body whether somebody stands or sits. Rules leave unsaid what may be something else. */

/** Score from which a point counts. */
const MIN_SCORE = 0.4;
/** Mean score of the points that a rule has used from which one frame is enough. */
const SURE = 0.55;
/** Degrees from the vertical. Those who crouch lean forward more than those who sit. */
const MAX_TILT = { standing: 30, sitting: 25, leg: 35, shin: 25 } as const;
/** Lengths as shares of the torso's. From a camera above, or before somebody who sits, legs and thighs look shorter. */
const LENGTHS = { minStandingLeg: 0.9, maxStride: 0.7, maxSittingThigh: 0.38, minSittingShin: 0.6 } as const;
/** Of the shin's height: the thighs of somebody who sits towards the camera look short. */
const MIN_THIGH = 0.6;
/** Share of a person's box that the points have to span, and of the points that have to lie in it: others stand close by. */
const OWN = { height: 0.6, points: 0.8, area: 0.7 } as const;
/** Boxes in two frames that overlap more than this show somebody who has stayed in place. */
const IN_PLACE = 0.5;

export interface PostureReading {
  readonly posture: Posture;
  /** Whether one frame is enough to say so. */
  readonly isSure: boolean;
}

interface Leg {
  readonly hip: Keypoint;
  readonly knee: Keypoint;
  readonly ankle: Keypoint;
}

const isKnown = ({ score }: Keypoint) => score >= MIN_SCORE;

const getMean = (points: readonly Keypoint[]): Keypoint => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  score: points.reduce((sum, { score }) => sum + score, 0) / points.length,
});

/** The angle of a line with the vertical in degrees: 0 straight down, 90 level, 180 straight up. */
const getTilt = (from: Keypoint, to: Keypoint) => Math.abs((Math.atan2(to.x - from.x, to.y - from.y) * 180) / Math.PI);

/** Whether a body is that of the person in a box, in the same pixels, and not of somebody before or beside them. */
export function isBodyInBox(body: Body, box: Box): boolean {
  const known = Object.values(body).filter(isKnown);
  if (known.length === 0) return false;
  const [left, top, right, bottom] = box;
  const [xs, ys] = [known.map(({ x }) => x), known.map(({ y }) => y)];
  const span: Box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const inside = known.filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom);
  return (
    Math.min(bottom, span[3]) - Math.max(top, span[1]) >= (bottom - top) * OWN.height &&
    inside.length >= known.length * OWN.points &&
    getIntersection(span, box) >= getArea(span) * OWN.area
  );
}

/** The posture of a body; null for one that is neither, or cannot be told. */
export function readPosture(body: Body): PostureReading | null {
  const shoulders = [body.leftShoulder, body.rightShoulder].filter(isKnown);
  const hips = [body.leftHip, body.rightHip].filter(isKnown);
  const legs: readonly Leg[] = [
    { hip: body.leftHip, knee: body.leftKnee, ankle: body.leftAnkle },
    { hip: body.rightHip, knee: body.rightKnee, ankle: body.rightAnkle },
  ].filter(({ hip, knee, ankle }) => [hip, knee, ankle].every(isKnown));
  if (shoulders.length === 0 || hips.length === 0 || legs.length === 0) return null;
  const [shoulder, hip] = [getMean(shoulders), getMean(hips)];
  const torso = Math.hypot(hip.x - shoulder.x, hip.y - shoulder.y);
  const tilt = getTilt(shoulder, hip);
  const stands = (leg: Leg) =>
    getTilt(leg.hip, leg.knee) <= MAX_TILT.leg &&
    getTilt(leg.knee, leg.ankle) <= MAX_TILT.leg &&
    leg.ankle.y - leg.hip.y >= LENGTHS.minStandingLeg * torso &&
    leg.knee.y - leg.hip.y >= MIN_THIGH * (leg.ankle.y - leg.knee.y);
  const sits = (leg: Leg) =>
    Math.abs(leg.knee.y - leg.hip.y) <= LENGTHS.maxSittingThigh * torso &&
    getTilt(leg.knee, leg.ankle) <= MAX_TILT.shin &&
    leg.ankle.y - leg.knee.y >= LENGTHS.minSittingShin * torso;
  const isStriding = Math.abs(body.leftAnkle.x - body.rightAnkle.x) > LENGTHS.maxStride * torso;
  const points = [...shoulders, ...hips, ...legs.flatMap(({ knee, ankle }) => [knee, ankle])];
  const isSure = getMean(points).score >= SURE;
  if (tilt <= MAX_TILT.standing && legs.every(stands) && !(legs.length === 2 && isStriding))
    return { posture: 'standing', isSure };
  if (tilt <= MAX_TILT.sitting && legs.every(sits)) return { posture: 'sitting', isSure };
  return null;
}

/** Somebody whose posture was read in a frame. */
export interface PersonReading extends PostureReading {
  readonly box: Box;
}

/**
 * The postures that the frames of a segment agree on: a person's in two frames, or a sure one where a single frame was examined.
 *
 * @param frames what was read in each examined frame.
 */
export function findPostures(frames: readonly (readonly PersonReading[])[]): PeoplePosture[] {
  const isConfirmed = ({ posture, isSure, box }: PersonReading, frame: readonly PersonReading[]) =>
    frames.length === 1
      ? isSure
      : frames.some(
          (other) =>
            other !== frame && other.some((one) => one.posture === posture && getOverlap(one.box, box) > IN_PLACE),
        );
  return (['standing', 'sitting'] as const).flatMap((posture) => {
    const counts = frames.map(
      (frame) => frame.filter((reading) => reading.posture === posture && isConfirmed(reading, frame)).length,
    );
    const count = Math.max(0, ...counts);
    return count > 0 ? [{ posture, count }] : [];
  });
}
