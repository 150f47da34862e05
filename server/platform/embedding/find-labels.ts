import { COCO_LABELS } from '../tasks/vision/labels.ts';
import { toWords } from './concepts.ts';
import type { WordNet } from './wordnet.ts';

/** The COCO labels that a question names: by the word itself, its plural, or another word for the same kind. */
export function findLabels(words: WordNet, question: string): string[] {
  const asked = toWords(question);
  const phrase = ` ${asked.join(' ')} `;
  return COCO_LABELS.filter(
    (label) => phrase.includes(` ${label} `) || asked.some((word) => words.areSynonyms(word, label)),
  );
}
