/** A piece of a text, and whether it is one of the words that were looked for. */
export interface TextPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

const MAX_CHARACTERS = 120;
/** Words of a query that start alike from here on are the same in another form ("forklift", "forklifts"). */
const MIN_STEM = 4;

const toWords = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function isForm(word: string, wanted: string): boolean {
  if (word === wanted) return true;
  const shorter = Math.min(word.length, wanted.length);
  const stem = Math.max(MIN_STEM, shorter - 2);
  return shorter >= MIN_STEM && word.slice(0, stem) === wanted.slice(0, stem);
}

/** A text cut to the part around the first word that a query looks for, in pieces. */
export function toMatchPieces(text: string, query: string): TextPiece[] {
  const words = toWords(query);
  // "the" and "of" are no reason why a text was found, unless there is no other.
  const meaningful = words.filter((word) => word.length >= MIN_STEM || /\d/.test(word));
  const wanted = meaningful.length > 0 ? meaningful : words;
  const plain = text.replace(/\s+/g, ' ').trim();
  const pieces = plain
    .split(/([\p{L}\p{N}]+)/u)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, isMatch: wanted.some((word) => isForm(piece.toLowerCase(), word)) }));
  if (plain.length <= MAX_CHARACTERS) return pieces;
  const first = Math.max(0, pieces.findIndex(({ isMatch }) => isMatch) - 8);
  const shown: TextPiece[] = first > 0 ? [{ text: '… ', isMatch: false }] : [];
  let length = 0;
  for (const piece of pieces.slice(first)) {
    if (length > MAX_CHARACTERS) return [...shown, { text: '…', isMatch: false }];
    shown.push(piece);
    length += piece.text.length;
  }
  return shown;
}
