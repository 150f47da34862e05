import { type Box, getArea, getIntersection } from './boxes.ts';
import type { Sighting } from './confirm-objects.ts';
import type { Detected } from './detector.ts';
import type { FoundFaces } from './face-finder.ts';
import { readFacing } from './facing.ts';
import type { PeoplePosture, SegmentObservation } from './observation.ts';
import type { Picture } from './picture.ts';
import type { Body, PoseEstimator } from './pose-estimator.ts';
import { findPostures, isBodyInBox, isInPlace, type PersonReading, readPostures } from './posture.ts';

/** What is told of the people in a segment beside their number. */

/** Pixels of a body's longer side below which it is too small to be read, and of the height of somebody who faces another. */
const MIN_BODY = 90;
const MIN_PAIR_HEIGHT = 60;
/** A body takes a sixth of the detector's time: the surest people of two frames are enough to agree. */
const MAX_BODIES = 2;
const MAX_FRAMES = 2;
/** Score from which somebody is there for sure. */
const SURE = 0.5;
/** People whose boxes share more than this of one of them hide parts of each other. */
const MAX_HIDDEN = 0.25;
/** Shares of the picture's height. */
const CLOSE_UP_FACE = 0.25;
const WIDE_PERSON = 0.3;
/** A face without a body has to be this sure to make a close-up: patterns look like faces. */
const SURE_FACE = 0.9;
const MANY_PEOPLE = 6;

/** A frame that the detector has examined. */
export interface ExaminedFrame {
  readonly picture: Picture;
  readonly detected: Detected;
  readonly sightings: readonly Sighting[];
  readonly cameraMoves: boolean;
}

/** What the frames of a segment say of people; facts once it is known who is there. */
export interface PeopleEvidence {
  readonly postures: readonly PeoplePosture[];
  /** Whether two people, and no others, face each other in two frames, or for sure in the only one. */
  readonly isFaceToFace: boolean;
  readonly isCloseUp: boolean;
  /** Whether everybody is small in the picture. */
  readonly isWide: boolean;
  /** Whether the detector saw nobody, not even doubtfully. */
  readonly isEmpty: boolean;
}

const isPerson = ({ candidates: [{ label }] }: Sighting) => label === 'person';
const isSurePerson = (sighting: Sighting) =>
  isPerson(sighting) && !sighting.isRegion && sighting.candidates[0].score >= SURE;
const getHeight = ([, top, , bottom]: Box) => bottom - top;
const getLongerSide = ([left, top, right, bottom]: Box) => Math.max(right - left, bottom - top);

const isHidden = (sighting: Sighting, all: readonly Sighting[]) =>
  all.some(
    (other) => other !== sighting && getIntersection(other.box, sighting.box) > MAX_HIDDEN * getArea(sighting.box),
  );

/** The body of somebody in a frame. */
type GetBody = (frame: ExaminedFrame, person: Sighting) => Body;

/** Estimates the body of each person once. */
function createBodyReader(poses: Pick<PoseEstimator, 'estimate'>): GetBody {
  const bodies = new Map<Sighting, Body>();
  return ({ picture }, person) => {
    const body = bodies.get(person) ?? poses.estimate(picture, person.box);
    bodies.set(person, body);
    return body;
  };
}

/** Reads the people in one of some frames; nothing of those whom no other frame can confirm. */
function readPeople(frame: ExaminedFrame, frames: readonly ExaminedFrame[], getBody: GetBody): PersonReading[] {
  const people = frame.sightings.filter(isPerson);
  const others = frames.filter((other) => other !== frame).map(({ sightings }) => sightings.filter(isPerson));
  const canBeConfirmed = ({ box }: Sighting) =>
    frames.length === 1 || others.flat().some((other) => isInPlace(other.box, box));
  const isStill = (person: Sighting) => isSurePerson(person) && !person.moving;
  const readable = people.filter(
    (person) =>
      !person.isRegion && getLongerSide(person.box) >= MIN_BODY && canBeConfirmed(person) && !isHidden(person, people),
  );
  const stillFirst = [...readable.filter(isStill), ...readable.filter((person) => !isStill(person))];
  return stillFirst.slice(0, MAX_BODIES).flatMap((person) => {
    const body = getBody(frame, person);
    if (!isBodyInBox(body, person.box)) return [];
    return readPostures(body)
      .filter(({ posture }) => {
        if (posture !== 'standing' && posture !== 'sitting') return true;
        // Somebody whom a moving camera follows may walk.
        return isStill(person) && !(frame.cameraMoves && posture === 'standing');
      })
      .map((reading) => ({ ...reading, box: person.box }));
  });
}

/** Whether two people, and no others, face each other in a frame. */
function readPair(frame: ExaminedFrame, getBody: GetBody): ReturnType<typeof readFacing> {
  const [one, other, ...others] = frame.sightings.filter(isSurePerson);
  if (!one || !other || others.length > 0) return null;
  if ([one, other].some(({ box }) => getHeight(box) < MIN_PAIR_HEIGHT)) return null;
  return readFacing(getBody(frame, one), getBody(frame, other));
}

/**
 * Reads what the examined frames of a segment say of people.
 *
 * @param faces those in the frame that shows the segment best.
 */
export function examinePeople(
  frames: readonly ExaminedFrame[],
  poses: Pick<PoseEstimator, 'estimate'>,
  faces: FoundFaces,
): PeopleEvidence {
  const people = frames.flatMap(({ picture, sightings }) =>
    sightings.filter(isPerson).map((sighting) => ({ sighting, fraction: getHeight(sighting.box) / picture.height })),
  );
  const getBody = createBodyReader(poses);
  const readFrames = frames.slice(0, MAX_FRAMES);
  const pairs = frames.map((frame) => readPair(frame, getBody)).filter((pair) => pair !== null);
  const isSomebodySure = people.some(({ sighting }) => isSurePerson(sighting));
  return {
    postures: findPostures(readFrames.map((frame) => readPeople(frame, readFrames, getBody))),
    isFaceToFace: pairs.length > 1 || (frames.length === 1 && pairs.some(({ isSure }) => isSure)),
    isCloseUp: faces.largest >= CLOSE_UP_FACE && (isSomebodySure || faces.score >= SURE_FACE),
    isWide: isSomebodySure && people.every(({ fraction }) => fraction <= WIDE_PERSON),
    isEmpty:
      faces.squares.length === 0 &&
      frames.every(
        ({ detected, sightings }) =>
          detected.detections.every(({ label }) => label !== 'person') &&
          sightings.every(({ candidates }) => candidates.every(({ label }) => label !== 'person')),
      ),
  };
}

/** The facts about people in a segment, given the objects that were confirmed in it, and its motion. */
export function confirmPeople(
  { postures, isFaceToFace, isCloseUp, isWide, isEmpty }: PeopleEvidence,
  { objects, motion }: Pick<SegmentObservation, 'objects' | 'motion'>,
): Required<Pick<SegmentObservation, 'postures' | 'shot' | 'occupancy' | 'interaction'>> {
  const person = objects.find(({ label }) => label === 'person');
  const far = isWide && person !== undefined ? 'wide' : null;
  const many = person !== undefined && person.count >= MANY_PEOPLE ? 'many' : null;
  return {
    postures: person === undefined ? [] : postures,
    interaction: isFaceToFace && person !== undefined && person.count > 1 ? 'face_to_face' : null,
    shot: isCloseUp ? 'close_up' : far,
    // Between the examined frames somebody may pass through what moves.
    occupancy: isEmpty && person === undefined && motion === 'still' ? 'empty' : many,
  };
}
