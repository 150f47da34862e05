import { COLOR_NAMES, type ColorName } from '../tasks/vision/colors.ts';
import type { Interaction, Posture } from '../tasks/vision/observation.ts';
import { hashFeature, mix } from './hash-feature.ts';
import type { WordNet } from './wordnet.ts';

export const CONCEPT_DIMENSION = 256;

/** What is said of people beside their number. */
export type PeopleAttribute = Posture | Interaction | 'many' | 'smiling';

/** Something that is named, its color where that is said, and of people what they do. */
export interface Concept {
  readonly noun: string;
  readonly color: string | null;
  readonly attribute?: PeopleAttribute | null;
}

/** Between the hashes of one kind. */
const STEP = 65537;
/**
 * What a color counts for beside the kind itself: a red car is first of all a car. On the marked clips less leaves a gray
 * car before the red one that was asked for; more moves things away whose color was not asked for.
 */
const COLOR_WEIGHT = 0.7;
/** What an attribute counts for beside the kind itself, as a color does. */
const ATTRIBUTE_WEIGHT = 0.7;
/** Their places among what a thing can have; colors come first. New ones are appended: vectors that are stored keep theirs. */
const ATTRIBUTES: readonly PeopleAttribute[] = [
  'standing',
  'sitting',
  'many',
  'lying',
  'bending',
  'raising_hand',
  'face_to_face',
  'smiling',
];
const ATTRIBUTE_WORDS: ReadonlyMap<string, PeopleAttribute> = new Map([
  ...['stand', 'stands', 'standing'].map((word) => [word, 'standing'] as const),
  ...['sit', 'sits', 'sitting', 'seated'].map((word) => [word, 'sitting'] as const),
  ...['lie', 'lies', 'lying', 'laying', 'reclining'].map((word) => [word, 'lying'] as const),
  ...['bend', 'bends', 'bending', 'stooping'].map((word) => [word, 'bending'] as const),
  ...['smile', 'smiles', 'smiling', 'grinning'].map((word) => [word, 'smiling'] as const),
  ...['crowd', 'crowds', 'crowded'].map((word) => [word, 'many'] as const),
]);
/** What people do that takes several words. */
const ATTRIBUTE_PHRASES: readonly (readonly [phrase: RegExp, attribute: PeopleAttribute])[] = [
  // Where somebody lies is not known; a floor that is asked for beside it would only make the person weigh less.
  [/\b(?:lie|lies|lying|laying)(?: down)? on (?:the |a )?(?:floor|ground)\b/g, 'lying'],
  [/\bfac(?:e|es|ing) (?:to face|each other|one another)\b/g, 'face_to_face'],
  [/\b(?:rais|lift)(?:e|es|ed|ing|s)?\b(?: \w+){0,2} (?:hand|arm)s?\b/g, 'raising_hand'],
  [/\b(?:hand|arm)s? (?:(?:held )?up|raised|in the air|above (?:\w+ )?head)\b/g, 'raising_hand'],
];
const STOP_WORDS = new Set(
  'a an the of on in at to with and or for by is are be it its this that some many mostly scene video moment thing people-of'.split(
    ' ',
  ),
);

/** Words for the absence of things, which is a kind of its own: a scene without objects has it, and so do these. */
const NOTHING_WORDS = new Set('nothing nobody empty vacant deserted unoccupied bare'.split(' '));
const NOTHING = { synset: 0, information: 1 };
/** What a text names that names no kind of thing; no segment has it. WordNet's numbers are far above these two. */
const UNKNOWN = { synset: 1, information: 1 };

const isColor = (word: string): word is ColorName => COLOR_NAMES.some((name) => name === word);
const PERSON = 'person';
const isNothing = (noun: string) => NOTHING_WORDS.has(noun);

/** Whether a word names something that can have a color. */
const isThing = (words: WordNet, word: string) => !isNothing(word) && words.getConcepts(word).length > 0;

/** Kinds of people that differ by age and gender alone, which are not inferred. Others (a cyclist) differ by what they do. */
const AGES_AND_GENDERS = ['adult', 'juvenile', 'male person', 'female person'];

/** What can be known of a noun: a man, a woman and a child are people. */
export const toKnownNoun = (words: WordNet, noun: string) =>
  AGES_AND_GENDERS.some((kind) => words.isKindOf(noun, kind)) ? PERSON : noun;

const getConcepts = (words: WordNet, noun: string) =>
  isNothing(noun) ? [NOTHING] : words.getConcepts(toKnownNoun(words, noun));

/** The words of an English text in lower case, in one spelling. */
export const toWords = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
    .map((word) => (word === 'grey' ? 'gray' : word));

/**
 * The things that a text names. A color belongs to the next thing, or where none follows to the one before; a color
 * without any thing is one itself. What people do belongs to the first people who are named, or to somebody.
 */
export function findConcepts(words: WordNet, text: string): Concept[] {
  const attributes = new Set<PeopleAttribute>();
  const rest = ATTRIBUTE_PHRASES.reduce((before, [phrase, attribute]) => {
    const after = before.replace(phrase, ' ');
    if (after !== before) attributes.add(attribute);
    return after;
  }, toWords(text).join(' '));
  const said = toWords(rest).filter((word) => !STOP_WORDS.has(word));
  const things: { noun: string; color: string | null; attribute?: PeopleAttribute }[] = [];
  let color: ColorName | null = null;
  for (const word of said) {
    if (isColor(word)) {
      color = word;
      continue;
    }
    const attributeWord = ATTRIBUTE_WORDS.get(word);
    if (attributeWord) {
      attributes.add(attributeWord);
      continue;
    }
    const takesColor = isThing(words, word);
    things.push({ noun: word, color: takesColor ? color : null });
    if (takesColor) color = null;
  }
  for (const attribute of attributes) {
    const somebody = things.find(({ noun }) => words.isKindOf(noun, PERSON));
    if (somebody && somebody.attribute === undefined) somebody.attribute = attribute;
    else things.push({ noun: somebody?.noun ?? PERSON, color: null, attribute });
  }
  if (color === null) return things;
  const last = things.findLast(({ noun }) => isThing(words, noun));
  if (last) last.color ??= color;
  else things.push({ noun: color, color: null });
  return things;
}

/** Things as 256 numbers: each kind that a thing belongs to, rarer ones weighing more, and each in the thing's color. */
export function conceptVector(words: WordNet, things: readonly Concept[]): Float32Array {
  const vector = new Float32Array(CONCEPT_DIMENSION);
  for (const { noun, color, attribute = null } of things) {
    const attributeIndex = attribute === null ? null : COLOR_NAMES.length + 1 + ATTRIBUTES.indexOf(attribute);
    const colorIndex = color === null || !isColor(color) ? null : COLOR_NAMES.indexOf(color) + 1;
    for (const { synset, information } of getConcepts(words, noun)) {
      hashFeature(vector, synset * 31, STEP, information ** 2);
      if (colorIndex !== null)
        hashFeature(vector, mix(synset * 31 + colorIndex * 7919), STEP, COLOR_WEIGHT * information ** 2);
      if (attributeIndex !== null)
        hashFeature(vector, mix(synset * 31 + attributeIndex * 7919), STEP, ATTRIBUTE_WEIGHT * information ** 2);
    }
  }
  return vector;
}

/**
 * The things that a text names as 256 numbers. Of a text that names none ("indoors") it is a kind that no segment has: a part of
 * length zero would make the others weigh more, and a score would look sure where nothing is known.
 */
export function textConceptVector(words: WordNet, text: string): Float32Array {
  const vector = conceptVector(words, findConcepts(words, text));
  if (vector.every((value) => value === 0)) hashFeature(vector, UNKNOWN.synset * 31, STEP, UNKNOWN.information);
  return vector;
}
