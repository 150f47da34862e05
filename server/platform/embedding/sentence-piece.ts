/**
 * SentencePiece's unigram tokenizer (Kudo 2018): of all ways to cut a text into known pieces, the likeliest. The
 * vocabulary is a list of [piece, log probability]; the first few entries are control symbols that no text contains.
 */

const RESERVED = 6;
const UNKNOWN = 0;
const SPACE = '\u2581';

export type Vocabulary = readonly (readonly [piece: string, score: number])[];

interface Step {
  readonly score: number;
  readonly from: number;
  readonly id: number;
}

export class SentencePiece {
  readonly #ids = new Map<string, { id: number; score: number }>();
  readonly #longest: number;
  readonly #unknownScore: number;

  constructor(vocabulary: Vocabulary) {
    let longest = 1;
    let lowest = 0;
    for (const [id, [piece, score]] of vocabulary.entries()) {
      if (id < RESERVED) continue;
      this.#ids.set(piece, { id, score });
      longest = Math.max(longest, [...piece].length);
      lowest = Math.min(lowest, score);
    }
    this.#longest = longest;
    this.#unknownScore = lowest - 10;
  }

  /** Piece ids of a text; a run of characters that no piece covers is one unknown. */
  encode(text: string): number[] {
    const normal = text.normalize('NFKC').trim().replace(/\s+/g, ' ');
    if (!normal) return [];
    const symbols = [...(SPACE + normal.replaceAll(' ', SPACE))];
    const best: (Step | undefined)[] = [{ score: 0, from: -1, id: UNKNOWN }];
    for (let start = 0; start < symbols.length; start += 1) {
      const here = best[start];
      if (!here) continue;
      const offer = (end: number, id: number, score: number) => {
        const total = here.score + score;
        if (total > (best[end]?.score ?? Number.NEGATIVE_INFINITY)) best[end] = { score: total, from: start, id };
      };
      let piece = '';
      for (let end = start + 1; end <= Math.min(symbols.length, start + this.#longest); end += 1) {
        piece += symbols[end - 1];
        const known = this.#ids.get(piece);
        if (known) offer(end, known.id, known.score);
      }
      offer(start + 1, UNKNOWN, this.#unknownScore);
    }
    const ids: number[] = [];
    for (let at = symbols.length; at > 0; ) {
      const step = best[at];
      if (!step) break;
      const repeated = step.id === UNKNOWN && ids[ids.length - 1] === UNKNOWN;
      if (!repeated) ids.push(step.id);
      at = step.from;
    }
    return ids.reverse();
  }
}
