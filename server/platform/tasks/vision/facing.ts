import { arePlain, getKnown, getMean } from './body-geometry.ts';
import type { Body, Keypoint } from './pose-estimator.ts';

/** Tells by noses, ears and shoulders whether two people face each other. */

/** Lengths as shares of the distance between a person's shoulders and ears. */
const LENGTHS = {
  /** How far the nose is before the ears of a head that is turned to the side. */
  minTurn: 0.35,
  maxDistance: 14,
  /** How much higher one head may be: people who stand behind each other are no pair. */
  maxRise: 1.5,
} as const;
/** How much larger one person may look. */
const MAX_RATIO = 1.67;
/** Pixels between shoulders and ears below which a head says nothing. */
const MIN_NECK = 4;

interface Look {
  readonly ears: Keypoint;
  /** Pixels between the shoulders and the ears. */
  readonly neck: number;
  /** How far the nose is before the ears, as a share of `neck`: negative towards the left of the picture. */
  readonly turn: number;
  readonly points: readonly Keypoint[];
}

function getLook(body: Body): Look | null {
  const noses = getKnown(body, ['nose']);
  const ears = getKnown(body, ['leftEar', 'rightEar']);
  const shoulders = getKnown(body, ['leftShoulder', 'rightShoulder']);
  if ([noses, ears, shoulders].some(({ length }) => length === 0)) return null;
  const middle = getMean(ears);
  const neck = getMean(shoulders).y - middle.y;
  if (neck <= MIN_NECK) return null;
  const turn = (getMean(noses).x - middle.x) / neck;
  return { ears: middle, neck, turn, points: [...noses, ...ears, ...shoulders] };
}

/** Whether two people face each other, and whether one frame is enough to say so; null where they do not, or may not. */
export function readFacing(one: Body, other: Body): { readonly isSure: boolean } | null {
  const [a, b] = [getLook(one), getLook(other)];
  if (!a || !b) return null;
  const [left, right] = a.ears.x <= b.ears.x ? [a, b] : [b, a];
  const neck = (left.neck + right.neck) / 2;
  const isPair =
    right.ears.x - left.ears.x <= LENGTHS.maxDistance * neck &&
    Math.abs(left.ears.y - right.ears.y) <= LENGTHS.maxRise * neck &&
    Math.max(left.neck, right.neck) <= MAX_RATIO * Math.min(left.neck, right.neck);
  if (!isPair || left.turn < LENGTHS.minTurn || right.turn > -LENGTHS.minTurn) return null;
  return { isSure: arePlain([...left.points, ...right.points]) };
}
