import type { Detection } from './detector.ts';
import { isMover } from './labels.ts';
import type { SeenObject } from './observation.ts';

/** Decides which of the things that were sighted in a video's frames are facts. One doubtful frame is not enough. */

export interface Candidate {
  readonly label: string;
  readonly score: number;
}

/** Something in one examined frame. */
export interface Sighting {
  /** What it may be, most likely first. A detection has one candidate, a moving region has one per class that fits. */
  readonly candidates: readonly [Candidate, ...Candidate[]];
  /** In picture pixels. */
  readonly box: Detection['box'];
  readonly color: string | null;
  readonly moving: boolean;
  /** True when only a moving region says that something is there. */
  readonly isRegion: boolean;
}

/** The sightings of a segment, one list per examined frame. */
export type SegmentSightings = readonly (readonly Sighting[])[];

/** Score from which a detection shows that things of its class occur in the video. */
const SURE = 0.4;
/** Score from which one frame of several is enough for a thing that does not move by itself. */
const SURE_ALONE = 0.6;
/** A moving region is a thing of this class: where the class occurs in the video, without it, and seen repeatedly. */
const REGION_SCORES = { occurring: 0.1, alone: 0.3, repeated: 0.2 } as const;
/** Classes that need a stronger region: the detector takes the end of a car for a boat, and few videos show them. */
const RARE = new Set(['boat', 'train', 'airplane']);
const RARE_SCORE = 0.5;
/** Colors of things of one class that are listed one by one. */
const MAX_LISTED_COLORS = 3;

type Thing = Omit<Sighting, 'candidates' | 'isRegion'> & Candidate;

const hasCandidate = (sighting: Sighting, label: string, score: number) =>
  sighting.candidates.some((candidate) => candidate.label === label && candidate.score >= score);

/** The classes that are seen for sure anywhere in the video. */
function findOccurring(segments: readonly SegmentSightings[]): Set<string> {
  const detections = segments.flat(2).filter(({ isRegion }) => !isRegion);
  return new Set(detections.flatMap(({ candidates: [{ label, score }] }) => (score >= SURE ? [label] : [])));
}

function identify(sighting: Sighting, segment: SegmentSightings, occurring: ReadonlySet<string>): Thing | null {
  const { candidates, isRegion, ...thing } = sighting;
  const [best] = candidates;
  if (!isRegion) return { ...thing, ...best };
  const known = candidates.find(({ label, score }) => occurring.has(label) && score >= REGION_SCORES.occurring);
  if (known) return { ...thing, ...known };
  if (RARE.has(best.label)) return best.score >= RARE_SCORE ? { ...thing, ...best } : null;
  if (best.score >= REGION_SCORES.alone) return { ...thing, ...best };
  const frames = segment.filter((frame) =>
    frame.some((other) => hasCandidate(other, best.label, REGION_SCORES.repeated)),
  );
  return frames.length > 1 && best.score >= REGION_SCORES.repeated ? { ...thing, ...best } : null;
}

/** The colors of several things of one class, where they differ and can be listed; null where one color will do. */
function findColors(things: readonly Thing[]): string[] | null {
  if (things.length < 2 || things.length > MAX_LISTED_COLORS) return null;
  const colors = things.flatMap(({ color }) => (color === null ? [] : [color]));
  return colors.length === things.length && new Set(colors).size > 1 ? colors : null;
}

function toObject(label: string, frames: readonly (readonly Thing[])[]): SeenObject | null {
  const ofLabel = frames.map((frame) => frame.filter((thing) => thing.label === label));
  const seenIn = ofLabel.filter((things) => things.length > 0);
  const things = seenIn.flat();
  const [best] = [...things].sort((a, b) => b.score - a.score);
  const [fullest] = [...seenIn].sort((a, b) => b.length - a.length);
  if (!best || !fullest) return null;
  const isSupported = isMover(label) || frames.length === 1 || seenIn.length > 1 || best.score >= SURE_ALONE;
  if (!isSupported) return null;
  const colors = findColors(fullest);
  return {
    label,
    count: fullest.length,
    score: best.score,
    color: colors ? null : best.color,
    moving: things.some(({ moving }) => moving),
    ...(colors ? { colors } : {}),
    ...(seenIn.some(({ length }) => length !== fullest.length) ? { countVaries: true } : {}),
  };
}

/** The objects of each segment of a video, the surest first. */
export function confirmObjects(segments: readonly SegmentSightings[]): SeenObject[][] {
  const occurring = findOccurring(segments);
  return segments.map((segment) => {
    const frames = segment.map((frame) => frame.flatMap((sighting) => identify(sighting, segment, occurring) ?? []));
    const labels = new Set(frames.flat().map(({ label }) => label));
    return [...labels].flatMap((label) => toObject(label, frames) ?? []).sort((a, b) => b.score - a.score);
  });
}
