import type { Posture, SeenObject, SegmentObservation } from '../tasks/vision/observation.ts';

/** Puts what is seen in a segment into words: a caption for people, and the same words for the text encoder. */

const NUMBERS = ['no', 'a', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  bus: 'buses',
  bench: 'benches',
  knife: 'knives',
  sheep: 'sheep',
  skis: 'skis',
  scissors: 'scissors',
};
const VEHICLES = new Set(['car', 'truck', 'bus', 'motorcycle', 'train', 'boat']);
/** Objects named in a caption, at most. */
const NAMED = 4;
/** A plain detection must be this sure to be named; one that moves is named at once. */
const SURE = 0.4;

/** The name of several of a kind that the detector knows. */
export const toPlural = (label: string): string =>
  IRREGULAR[label] ?? (/(?:s|sh|ch)$/.test(label) ? `${label}es` : `${label}s`);

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;

const withArticle = (thing: string) => `${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing}`;

/** The number in words; a number that varies from frame to frame is not told as a fact. */
function toNumber({ count, countVaries }: SeenObject): string {
  if (count > 2 && countVaries) return 'several';
  return NUMBERS[count] ?? 'many';
}

function counted(object: SeenObject): string {
  const hasColor = object.label !== 'person';
  if (object.colors && hasColor) return listed(object.colors.map((color) => withArticle(`${color} ${object.label}`)));
  const colored = object.color && hasColor ? `${object.color} ` : '';
  if (object.count === 1) return withArticle(`${colored}${object.label}`);
  const number = toNumber(object);
  return `${number} ${colored}${toPlural(object.label)}`;
}

const POSTURE_WORDS: Readonly<Record<Posture, string>> = {
  standing: 'standing',
  sitting: 'sitting',
  lying: 'lying down',
  bending: 'bending down',
  raising_hand: 'raising a hand',
};

/** The postures that were read for each of the people; none where some of them do something else. */
function getCommonPostures({ count, countVaries }: SeenObject, { postures = [] }: SegmentObservation): Posture[] {
  const positions = postures.filter(({ posture }) => posture !== 'raising_hand');
  if (countVaries || positions.length > 1) return [];
  return postures.filter((one) => one.count === count).map(({ posture }) => posture);
}

function describePeople(people: SeenObject, observation: SegmentObservation): string {
  const postures = getCommonPostures(people, observation);
  const isFaceToFace = observation.interaction === 'face_to_face';
  // Somebody who moves may walk, whatever else was read; arms move, too.
  const told = people.moving ? postures.filter((posture) => posture !== 'standing' && posture !== 'sitting') : postures;
  const words = told.map((posture) => POSTURE_WORDS[posture]);
  if (isFaceToFace && people.count === 2) words.push('facing each other');
  // A weak look at somebody is a hand or a shoulder as often as a walker.
  if (words.length === 0 && people.moving) words.push(people.score >= SURE ? 'walking' : 'moving');
  const doing = words.length > 0 ? ` ${listed(words)}` : '';
  return isFaceToFace && people.count > 2 ? `${doing}, two of them facing each other` : doing;
}

function doing(object: SeenObject, observation: SegmentObservation): string {
  if (object.label === 'person') return describePeople(object, observation);
  if (!object.moving) return '';
  return VEHICLES.has(object.label) ? ' driving' : ' moving';
}

/** The objects worth naming, surest first. */
export function namedObjects(observation: SegmentObservation): SeenObject[] {
  return observation.objects.filter(({ score, moving }) => moving || score >= SURE).slice(0, NAMED);
}

function colorPhrase(observation: SegmentObservation): string {
  const names = observation.colors
    .filter(({ share }) => share >= 0.18)
    .slice(0, 3)
    .map(({ name }) => name);
  return names.length > 0 ? listed(names) : 'many colors';
}

function facesPhrase({ faces, smiles = 0 }: SegmentObservation): string {
  if (faces === 0) return '';
  const smiling = smiles === faces ? 'smiling ' : '';
  const some =
    smiles > 0 && smiles < faces ? `, ${smiles === 1 ? 'one' : (NUMBERS[smiles] ?? 'many')} of them smiling` : '';
  if (faces === 1) return `, a ${smiling}face towards the camera`;
  return `, ${NUMBERS[faces] ?? 'many'} ${smiling}faces towards the camera${some}`;
}

function lightPhrase({ timeOfDay, brightness }: SegmentObservation): string {
  if (timeOfDay) return timeOfDay === 'day' ? ', by day' : ', at night';
  return brightness < 0.18 ? ', dark' : '';
}

/** One sentence that a person would agree with: `A white car driving; mostly gray.` */
export function getCaption(observation: SegmentObservation): string {
  const things = namedObjects(observation).map((object) => `${counted(object)}${doing(object, observation)}`);
  const seen =
    things.length > 0
      ? listed(things)
      : observation.motion === 'still'
        ? 'an empty scene, nothing moves'
        : 'an empty scene';
  const sentence = `${seen}; mostly ${colorPhrase(observation)}${facesPhrase(observation)}${lightPhrase(observation)}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
