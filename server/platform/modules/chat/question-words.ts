import { toWords } from '../../embedding/concepts.ts';
import { COLOR_NAMES, type ColorName } from '../../tasks/vision/colors.ts';

const SUFFIX = /(?:ing|ed|es|s|e)$/;
const MIN_STEM = 3;

/** A word without its ending, so that "walks" finds "walking"; English only, as captions are. */
function toStem(word: string): string {
  const stem = word.replace(SUFFIX, '');
  if (stem.length < MIN_STEM) return word;
  // "running" and "runs".
  return /([b-df-hj-np-tv-z])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

/** Words of questions that say nothing about a video. */
const STOP_WORDS = new Set(
  `a about all and any anybody anyone anything appear appears are at can clip could did do does doing during first for from
  frame going happen happening happens has have here how i in is it last look many me moment much of on one part please
  scene see seen segment show shown shows some somebody someone something tell that the their them there these they thing
  this those time to video was were what when where which who whom whose why will with would you`.split(/\s+/),
);

/** The stems of the words of a question that a caption could hold, apart from `known` ones. */
export function getContentStems(question: string, known: readonly string[] = []): string[] {
  const ignored = new Set([...known.flatMap(toWords).map(toStem), ...COLOR_NAMES]);
  return toWords(question)
    .filter((word) => !STOP_WORDS.has(word))
    .map(toStem)
    .filter((stem) => stem.length >= MIN_STEM && !ignored.has(stem));
}

/** Whether a caption holds one of the stems. */
export const mentions = (caption: string, stems: readonly string[]): boolean => {
  const words = new Set(toWords(caption).map(toStem));
  return stems.some((stem) => words.has(stem));
};

/** The color that a question names; null for none, or several. */
export function getColor(question: string): ColorName | null {
  const words = toWords(question);
  const named = COLOR_NAMES.filter((color) => words.includes(color));
  return named.length === 1 ? (named[0] ?? null) : null;
}
