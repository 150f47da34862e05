import { arePlain, getLegs, getTilt, getTorso, isKnown, type PostureReading } from './body-geometry.ts';
import { type Box, getArea, getIntersection, getOverlap } from './boxes.ts';
import { readBending, readLying } from './leaning.ts';
import type { PeoplePosture, Posture } from './observation.ts';
import type { Body } from './pose-estimator.ts';
import { readRaisedHand } from './raised-hand.ts';

/** Tells by the points of a body what somebody does. Rules leave unsaid what may be something else. */

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

/** Whether boxes in two frames may show the same person, who has stayed there. */
export const isInPlace = (one: Box, other: Box) => getOverlap(one, other) > IN_PLACE;

const POSTURES: readonly Posture[] = ['standing', 'sitting', 'lying', 'bending', 'raising_hand'];

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

/** Whether somebody stands or sits; null for neither, and where it cannot be told. */
function readUpright(body: Body): PostureReading | null {
  const torso = getTorso(body);
  const legs = getLegs(body);
  if (!torso || legs.length === 0) return null;
  const { length, tilt } = torso;
  const stands = ({ hip, knee, ankle }: (typeof legs)[number]) =>
    getTilt(hip, knee) <= MAX_TILT.leg &&
    getTilt(knee, ankle) <= MAX_TILT.leg &&
    ankle.y - hip.y >= LENGTHS.minStandingLeg * length &&
    knee.y - hip.y >= MIN_THIGH * (ankle.y - knee.y);
  const sits = ({ hip, knee, ankle }: (typeof legs)[number]) =>
    Math.abs(knee.y - hip.y) <= LENGTHS.maxSittingThigh * length &&
    getTilt(knee, ankle) <= MAX_TILT.shin &&
    ankle.y - knee.y >= LENGTHS.minSittingShin * length;
  const isStriding = Math.abs(body.leftAnkle.x - body.rightAnkle.x) > LENGTHS.maxStride * length;
  const points = [...torso.shoulders, ...torso.hips, ...legs.flatMap(({ knee, ankle }) => [knee, ankle])];
  const isSure = arePlain(points);
  if (tilt <= MAX_TILT.standing && legs.every(stands) && !(legs.length === 2 && isStriding))
    return { posture: 'standing', isSure };
  if (tilt <= MAX_TILT.sitting && legs.every(sits)) return { posture: 'sitting', isSure };
  return null;
}

/** What a body does: nothing that can be told, or one posture, or with it a raised hand. */
export const readPostures = (body: Body): PostureReading[] =>
  [readUpright(body), readLying(body), readBending(body), readRaisedHand(body)].filter((reading) => reading !== null);

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
          (other) => other !== frame && other.some((one) => one.posture === posture && isInPlace(one.box, box)),
        );
  return POSTURES.flatMap((posture) => {
    const counts = frames.map(
      (frame) => frame.filter((reading) => reading.posture === posture && isConfirmed(reading, frame)).length,
    );
    const count = Math.max(0, ...counts);
    return count > 0 ? [{ posture, count }] : [];
  });
}
