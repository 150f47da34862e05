import { COCO_LABELS } from '../tasks/vision/labels.ts';
import { toKnownNoun, toWords } from './concepts.ts';
import type { WordNet } from './wordnet.ts';

/** The COCO labels that a question names: by the word itself, its plural, another word for the same kind, or what is known of it. */
export function findLabels(words: WordNet, question: string): string[] {
  const said = toWords(question);
  const phrase = ` ${said.join(' ')} `;
  const asked = said.map((word) => toKnownNoun(words, word));
  return COCO_LABELS.filter(
    (label) => phrase.includes(` ${label} `) || asked.some((word) => words.areSynonyms(word, label)),
  );
}
