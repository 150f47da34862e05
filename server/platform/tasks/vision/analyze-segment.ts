import { colorShares } from './colors.ts';
import type { SegmentSightings, Sighting } from './confirm-objects.ts';
import type { Detector } from './detector.ts';
import type { FaceFinder } from './face-finder.ts';
import { findSightings } from './find-sightings.ts';
import { timeOfDayIn } from './light.ts';
import { type Foreground, findForeground, type Grid, getBrightness, getTexture } from './motion.ts';
import type { ColorShare, MotionLevel, SegmentObservation } from './observation.ts';
import { examinePeople, type PeopleEvidence } from './people.ts';
import type { Picture } from './picture.ts';
import type { PoseEstimator } from './pose-estimator.ts';
import type { SmileFinder } from './smile-finder.ts';

/** One sampled frame of a segment. */
export interface Sample {
  readonly time: number;
  readonly picture: Picture;
  readonly grid: Grid;
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
    (best, { fraction }, index) => (fraction > (foregrounds[best]?.fraction ?? 0) ? index : best),
    middle,
  );
  const still = (foregrounds[busiest]?.fraction ?? 0) < 0.004;
  return [...new Set(still ? [middle] : [busiest, Math.round(last * 0.2), Math.round(last * 0.8)])];
}

export interface Models {
  readonly detector: Detector;
  readonly faces: FaceFinder;
  readonly poses: PoseEstimator;
  readonly smiles: SmileFinder;
}

export interface ObservedSegment {
  readonly observation: Omit<
    SegmentObservation,
    'index' | 'start' | 'end' | 'thumbnail' | 'objects' | 'postures' | 'shot' | 'occupancy' | 'interaction'
  >;
  /** What the examined frames show; `confirmObjects` makes objects of it. */
  readonly sightings: SegmentSightings;
  /** What they show of people; `confirmPeople` makes facts of it. */
  readonly people: PeopleEvidence;
  /** The sample that shows the segment best. */
  readonly keySample: Sample;
}

/** Analyzes one segment. `samples` must hold at least one frame; `background` is what stands still behind them. */
export function analyzeSegment(
  { detector, faces, poses, smiles }: Models,
  samples: readonly Sample[],
  background: Grid,
): ObservedSegment {
  const foregrounds = samples.map(({ grid }) => findForeground(grid, background));
  const detections = chosen(foregrounds).flatMap((index) => {
    const sample = samples[index];
    const foreground = foregrounds[index];
    if (!sample || !foreground) return [];
    const detected = detector.detect(sample.picture);
    const { picture } = sample;
    const sightings = findSightings(picture, detected, foreground);
    return [{ sample, picture, detected, sightings, cameraMoves: foreground.cameraMoves }];
  });
  const [firstDetection] = detections;
  if (!firstDetection) throw new Error('A segment without frames cannot be analyzed.');
  const interest = ({ sightings }: (typeof detections)[number]) =>
    sightings.reduce((sum, { candidates: [{ score }], isWeak }) => sum + (isWeak ? 0 : score), 0);
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
  const foundFaces = faces.find(bestDetection.picture, peopleIn(bestDetection.sightings));
  return {
    observation: {
      colors: meanColors(detections.map((detection) => detection.sample)),
      motion: motionLevel(foregrounds.map(({ fraction }) => fraction)),
      cameraMoves,
      faces: foundFaces.squares.length,
      smiles: smiles.count(bestDetection.picture, foundFaces.squares),
      timeOfDay: timeOfDayIn(middle.picture, middle.grid),
      brightness: getBrightness(middle.grid),
      texture: getTexture(middle.grid),
      features,
    },
    sightings: detections.map((detection) => detection.sightings),
    people: examinePeople(detections, poses, foundFaces),
    keySample: bestDetection.sample,
  };
}
