import { findBlobs, findMovers } from './blobs.ts';
import { type Box, getArea, getIntersection, getOverlap } from './boxes.ts';
import { colorOfThing } from './colors.ts';
import type { Candidate, Sighting } from './confirm-objects.ts';
import type { Detected, Detection } from './detector.ts';
import { isCarLookalike, isMover } from './labels.ts';
import type { Foreground } from './motion.ts';
import { letterboxOffset, type Picture } from './picture.ts';

/** Score from which a plain detection counts. */
const CONFIDENT = 0.35;
/** Score from which a detection counts that others of its class have to confirm. */
const WEAK = 0.2;
/** Score from which a mover class is a candidate for a moving region: weaker, since the motion is evidence of its own. */
const MIN_CANDIDATE = 0.1;
/** What moves and looks like a car from above: too weak to be a car where none is seen for sure in the whole video. */
const LOOKALIKE: Candidate = { label: 'car', score: 0.15 };
/** Pixels of a box below which a shape says nothing: a spot on the ground passes for a ball, a table's corner for a cup. */
const MIN_SHAPE_AREA = 256;
/** Boxes that overlap more than this are one thing seen twice. */
const SAME_THING = 0.55;

/** What stands in one frame: confident detections, and moving regions that look like something that moves by itself. */
export function findSightings(picture: Picture, detected: Detected, foreground: Foreground): Sighting[] {
  const offset = letterboxOffset(picture);
  const blobs = foreground.cameraMoves ? [] : findBlobs(foreground, picture);
  const blobBoxes = blobs.map((blob): Box => [blob.left, blob.top, blob.right, blob.bottom]);
  const movingShare = (box: Box) =>
    Math.max(0, ...blobBoxes.map((blob) => getIntersection(box, blob))) / Math.max(1, getArea(box));
  const sightings: Sighting[] = [];
  const add = (
    candidates: readonly [Candidate, ...Candidate[]],
    box: Box,
    rest: Pick<Sighting, 'moving' | 'isRegion' | 'isWeak'>,
  ) => {
    if (sightings.some((other) => getOverlap(other.box, box) > SAME_THING)) return;
    const [left, top, right, bottom] = box;
    const mask = rest.moving ? foreground.mask : null;
    const color = colorOfThing(picture, { left, top, right, bottom }, mask);
    sightings.push({ candidates, box, color, ...rest });
  };
  const inPicture = ({ box }: Detection): Box => [
    box[0] - offset.x,
    box[1] - offset.y,
    box[2] - offset.x,
    box[3] - offset.y,
  ];
  const personSeen = detected.detections.some(({ label, score }) => label === 'person' && score > CONFIDENT);
  for (const detection of detected.detections) {
    if (detection.score < CONFIDENT) continue;
    const box = inPicture(detection);
    const moving = movingShare(box) > 0.3;
    // A thing that cannot move by itself, moving with nobody near to carry it, was mistaken for something else.
    if (moving && !personSeen && !isMover(detection.label)) {
      if (isCarLookalike(detection.label)) add([LOOKALIKE], box, { moving, isRegion: true });
      continue;
    }
    if (getArea(box) < MIN_SHAPE_AREA && !(moving && isMover(detection.label))) continue;
    add([detection], box, { moving, isRegion: false });
  }
  for (const [index, blob] of blobs.entries()) {
    const box = blobBoxes[index];
    const [best, ...others] = findMovers(blob, detected, picture).filter(({ score }) => score >= MIN_CANDIDATE);
    if (!box || !best) continue;
    const explained = sightings.some(
      (other) => getIntersection(other.box, box) > 0.4 * Math.min(getArea(box), getArea(other.box)),
    );
    if (!explained) add([best, ...others], box, { moving: true, isRegion: true });
  }
  for (const detection of detected.detections) {
    const box = inPicture(detection);
    const isWeak = detection.score >= WEAK && detection.score < CONFIDENT;
    if (!isWeak || isMover(detection.label) || getArea(box) < MIN_SHAPE_AREA || movingShare(box) > 0.3) continue;
    add([detection], box, { moving: false, isRegion: false, isWeak });
  }
  return sightings;
}
