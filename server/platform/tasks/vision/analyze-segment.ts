import { findBlobs, findMovers } from './blobs.ts';
import { colorOfThing, colorShares } from './colors.ts';
import type { Candidate, SegmentSightings, Sighting } from './confirm-objects.ts';
import type { Detected, Detection, Detector } from './detector.ts';
import type { FaceFinder } from './face-finder.ts';
import { isCarLookalike, isMover } from './labels.ts';
import { timeOfDayIn } from './light.ts';
import { type Foreground, findForeground, type Grid, getBrightness, getTexture } from './motion.ts';
import type { ColorShare, MotionLevel, SegmentObservation } from './observation.ts';
import { letterboxOffset, type Picture } from './picture.ts';

/** One sampled frame of a segment. */
export interface Sample {
  readonly time: number;
  readonly picture: Picture;
  readonly grid: Grid;
}

/** Score from which a plain detection counts. */
const CONFIDENT = 0.35;
/** Score from which a mover class is a candidate for a moving region: weaker, since the motion is evidence of its own. */
const MIN_CANDIDATE = 0.1;
/** What moves and looks like a car from above: too weak to be a car where none is seen for sure in the whole video. */
const LOOKALIKE: Candidate = { label: 'car', score: 0.15 };
/** Pixels of a box below which a shape says nothing: a spot on the ground passes for a ball, a table's corner for a cup. */
const MIN_SHAPE_AREA = 256;
/** Boxes that overlap more than this are one thing seen twice. */
const SAME_THING = 0.55;

type Box = Detection['box'];

const area = ([left, top, right, bottom]: Box) => Math.max(0, right - left) * Math.max(0, bottom - top);

function intersection(a: Box, b: Box): number {
  return area([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
}

const overlap = (a: Box, b: Box) => intersection(a, b) / Math.max(1, area(a) + area(b) - intersection(a, b));

/** What stands in one frame: confident detections, and moving regions that look like something that moves by itself. */
function sightingsIn({ picture }: Sample, detected: Detected, foreground: Foreground): Sighting[] {
  const offset = letterboxOffset(picture);
  const blobs = foreground.cameraMoves ? [] : findBlobs(foreground, picture);
  const blobBoxes = blobs.map((blob): Box => [blob.left, blob.top, blob.right, blob.bottom]);
  const movingShare = (box: Box) =>
    Math.max(0, ...blobBoxes.map((blob) => intersection(box, blob))) / Math.max(1, area(box));
  const sightings: Sighting[] = [];
  const add = (
    candidates: readonly [Candidate, ...Candidate[]],
    box: Box,
    motion: Pick<Sighting, 'moving' | 'isRegion'>,
  ) => {
    if (sightings.some((other) => overlap(other.box, box) > SAME_THING)) return;
    const [left, top, right, bottom] = box;
    const mask = motion.moving ? foreground.mask : null;
    const color = colorOfThing(picture, { left, top, right, bottom }, mask);
    sightings.push({ candidates, box, color, ...motion });
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
    if (area(box) < MIN_SHAPE_AREA && !(moving && isMover(detection.label))) continue;
    add([detection], box, { moving, isRegion: false });
  }
  for (const [index, blob] of blobs.entries()) {
    const box = blobBoxes[index];
    const [best, ...others] = findMovers(blob, detected, picture).filter(({ score }) => score >= MIN_CANDIDATE);
    if (!box || !best) continue;
    const explained = sightings.some(
      (other) => intersection(other.box, box) > 0.4 * Math.min(area(box), area(other.box)),
    );
    if (!explained) add([best, ...others], box, { moving: true, isRegion: true });
  }
  return sightings;
}

const peopleIn = (sightings: readonly Sighting[]) =>
  sightings.filter(({ candidates: [{ label }] }) => label === 'person').map(({ box }) => box);

function motionLevel(shares: readonly number[]): MotionLevel {
  const most = Math.max(0, ...shares);
  if (most < 0.004) return 'still';
  if (most < 0.03) return 'slight';
  return most < 0.12 ? 'moderate' : 'strong';
}

function meanColors(samples: readonly Sample[]): ColorShare[] {
  const sums = new Map<string, number>();
  for (const { picture } of samples) {
    for (const { name, share } of colorShares(picture)) sums.set(name, (sums.get(name) ?? 0) + share / samples.length);
  }
  return [...sums]
    .map(([name, share]) => ({ name, share: Math.round(share * 1000) / 1000 }))
    .filter(({ share }) => share >= 0.02)
    .sort((a, b) => b.share - a.share);
}

/** Which samples the detector looks at: the busiest, and in a lively segment its quarters; the middle of a still one. */
function chosen(foregrounds: readonly Foreground[]): number[] {
  const last = foregrounds.length - 1;
  const middle = last >> 1;
  const busiest = foregrounds.reduce(
    (best, { share }, index) => (share > (foregrounds[best]?.share ?? 0) ? index : best),
    middle,
  );
  const still = (foregrounds[busiest]?.share ?? 0) < 0.004;
  return [...new Set(still ? [middle] : [busiest, Math.round(last * 0.2), Math.round(last * 0.8)])];
}

export interface Models {
  readonly detector: Detector;
  readonly faces: FaceFinder;
}

export interface ObservedSegment {
  readonly observation: Omit<SegmentObservation, 'index' | 'start' | 'end' | 'thumbnail' | 'objects'>;
  /** What the examined frames show; `confirmObjects` makes objects of it. */
  readonly sightings: SegmentSightings;
  /** The sample that shows the segment best. */
  readonly keySample: Sample;
}

/** Analyzes one segment. `samples` must hold at least one frame; `background` is what stands still behind them. */
export function analyzeSegment(
  { detector, faces }: Models,
  samples: readonly Sample[],
  background: Grid,
): ObservedSegment {
  const foregrounds = samples.map(({ grid }) => findForeground(grid, background));
  const detections = chosen(foregrounds).flatMap((index) => {
    const sample = samples[index];
    const foreground = foregrounds[index];
    if (!sample || !foreground) return [];
    const detected = detector.detect(sample.picture);
    return [{ sample, detected, sightings: sightingsIn(sample, detected, foreground) }];
  });
  const [firstDetection] = detections;
  if (!firstDetection) throw new Error('A segment without frames cannot be analyzed.');
  const interest = ({ sightings }: (typeof detections)[number]) =>
    sightings.reduce((sum, { candidates: [{ score }] }) => sum + score, 0);
  const bestDetection = detections.reduce(
    (best, detection) => (interest(detection) > interest(best) ? detection : best),
    firstDetection,
  );
  const features = Array.from(firstDetection.detected.features, (_, channel) => {
    const sum = detections.reduce((total, detection) => total + (detection.detected.features[channel] ?? 0), 0);
    return Math.round((sum / detections.length) * 1e4) / 1e4;
  });
  const middle = samples[samples.length >> 1] ?? bestDetection.sample;
  const cameraMoves = foregrounds.filter((foreground) => foreground.cameraMoves).length > samples.length / 2;
  return {
    observation: {
      colors: meanColors(detections.map((detection) => detection.sample)),
      motion: motionLevel(foregrounds.map(({ share }) => share)),
      cameraMoves,
      faces: faces.count(bestDetection.sample.picture, peopleIn(bestDetection.sightings)),
      timeOfDay: timeOfDayIn(middle.picture, middle.grid),
      brightness: getBrightness(middle.grid),
      texture: getTexture(middle.grid),
      features,
    },
    sightings: detections.map((detection) => detection.sightings),
    keySample: bestDetection.sample,
  };
}
