import { COCO_LABELS } from '../tasks/vision/labels.ts';
import { toKnownNoun, toWords } from './concepts.ts';
import { toPlural } from './describe.ts';
import type { WordNet } from './wordnet.ts';

const COMPOUNDS = COCO_LABELS.filter((label) => label.includes(' '));

/** The COCO labels that a question names: by the word itself, its plural, another word for the same kind, or what is known of it. */
export function findLabels(words: WordNet, question: string): string[] {
  let phrase = ` ${toWords(question).join(' ')} `;
  const named = new Set<string>();
  // Compounds first: a hot dog is no dog.
  for (const label of COMPOUNDS) {
    for (const name of [toPlural(label), label]) {
      if (!phrase.includes(` ${name} `)) continue;
      named.add(label);
      phrase = phrase.replaceAll(` ${name} `, ' ');
    }
  }
  const asked = phrase.split(' ').map((word) => toKnownNoun(words, word));
  return COCO_LABELS.filter(
    (label) =>
      named.has(label) || phrase.includes(` ${label} `) || asked.some((word) => words.areSynonyms(word, label)),
  );
}
