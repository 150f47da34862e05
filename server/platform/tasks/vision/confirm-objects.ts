import { type Box, getOverlap } from './boxes.ts';
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
  readonly box: Box;
  readonly color: string | null;
  readonly moving: boolean;
  /** True when only a moving region says that something is there. */
  readonly isRegion: boolean;
  /** True when it only counts beside many of its class. */
  readonly isWeak?: boolean;
}

/** The sightings of a segment, one list per examined frame. */
export type SegmentSightings = readonly (readonly Sighting[])[];

/** Score from which a detection shows that things of its class occur in the video. */
const SURE = 0.4;
/** Score from which one frame of several is enough for a thing that does not move by itself. */
const SURE_ALONE = 0.6;
/** Score of a moving region's class where the class occurs in the video, where it does not, and where two frames agree. */
const REGION_SCORES = { occurring: 0.1, alone: 0.22, repeated: 0.16 } as const;
/** Classes that need a stronger region: the detector takes the end of a car for a boat, and few videos show them. */
const RARE = new Set(['boat', 'train', 'airplane']);
const RARE_SCORE = 0.5;
/** Weak detections of a class that confirm one another: so many in one frame, and so many in another. */
const MANY = { most: 5, again: 3 } as const;
/** Boxes in two frames that overlap more than this show a thing that stayed in its place. */
const IN_PLACE = 0.7;
/** Share of several things that must have a color for it to be told of all. */
const MOST = 2 / 3;

type Thing = Omit<Sighting, 'candidates'> & Candidate;

const hasCandidate = (sighting: Sighting, label: string, score: number) =>
  sighting.candidates.some((candidate) => candidate.label === label && candidate.score >= score);

/** The classes that are seen for sure anywhere in the video. */
function findOccurring(segments: readonly SegmentSightings[]): Set<string> {
  const detections = segments.flat(2).filter(({ isRegion }) => !isRegion);
  return new Set(detections.flatMap(({ candidates: [{ label, score }] }) => (score >= SURE ? [label] : [])));
}

function identify(sighting: Sighting, segment: SegmentSightings, occurring: ReadonlySet<string>): Thing | null {
  const { candidates, isWeak: _, ...thing } = sighting;
  const [best] = candidates;
  if (!thing.isRegion) return { ...thing, ...best };
  const known = candidates.find(({ label, score }) => occurring.has(label) && score >= REGION_SCORES.occurring);
  if (known) return { ...thing, ...known };
  if (RARE.has(best.label)) return best.score >= RARE_SCORE ? { ...thing, ...best } : null;
  if (best.score >= REGION_SCORES.alone) return { ...thing, ...best };
  const frames = segment.filter((frame) =>
    frame.some((other) => hasCandidate(other, best.label, REGION_SCORES.repeated)),
  );
  return frames.length > 1 && best.score >= REGION_SCORES.repeated ? { ...thing, ...best } : null;
}

/** The color of things of one class: one, or each one's where two differ; none where they are as mixed as a crowd. */
function findColors(things: readonly Pick<Thing, 'color'>[]): Pick<SeenObject, 'color' | 'colors'> {
  const colors = things.map(({ color }) => color);
  const [first = null, second = null] = colors;
  if (colors.every((color) => color === first)) return { color: first };
  if (colors.length === 2 && first !== null && second !== null) return { color: null, colors: [first, second] };
  const common = colors.find((color) => colors.filter((other) => other === color).length >= colors.length * MOST);
  return { color: common ?? null };
}

/** Whether a thing goes somewhere: what passes by or sways marks its box as moving, too, but leaves it where it was. */
function isGoing(thing: Thing, frames: readonly (readonly Thing[])[]): boolean {
  if (!thing.moving) return false;
  if (thing.isRegion || thing.score < SURE) return true;
  return !frames.some(
    (frame) => !frame.includes(thing) && frame.some((other) => getOverlap(other.box, thing.box) > IN_PLACE),
  );
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
  return {
    label,
    count: fullest.length,
    score: best.score,
    ...findColors(fullest.length === 1 ? [best] : fullest),
    moving: things.some((thing) => isGoing(thing, seenIn)),
    ...(seenIn.some(({ length }) => length !== fullest.length) ? { countVaries: true } : {}),
  };
}

/** Shelves and rows: things of a class that are seen weakly, but many at a time and again. */
function findMany(segment: SegmentSightings): SeenObject[] {
  const things = segment.flat().filter(({ isWeak }) => isWeak);
  return [...new Set(things.map(({ candidates: [{ label }] }) => label))].flatMap((label) => {
    const ofLabel = segment.map((frame) => frame.filter(({ candidates: [best] }) => best.label === label));
    const [most = [], again = []] = ofLabel.sort((a, b) => b.length - a.length);
    if (most.length < MANY.most || again.length < MANY.again) return [];
    const colors = findColors(most);
    return [{ label, count: most.length, score: SURE, ...colors, moving: false, countVaries: true }];
  });
}

/** The objects of each segment of a video, the surest first. */
export function confirmObjects(segments: readonly SegmentSightings[]): SeenObject[][] {
  const occurring = findOccurring(segments);
  return segments.map((segment) => {
    const clear = segment.map((frame) => frame.filter(({ isWeak }) => !isWeak));
    const frames = clear.map((frame) => frame.flatMap((sighting) => identify(sighting, clear, occurring) ?? []));
    const labels = new Set(frames.flat().map(({ label }) => label));
    const objects = [...labels].flatMap((label) => toObject(label, frames) ?? []);
    const many = findMany(segment).filter(
      (other) => !objects.some(({ label, score }) => label === other.label && score >= SURE),
    );
    const rest = objects.filter(({ label }) => !many.some((other) => other.label === label));
    return [...rest, ...many].sort((a, b) => b.score - a.score);
  });
}
