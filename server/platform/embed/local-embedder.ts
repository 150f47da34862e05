import type { SegmentObservation } from '../vision/observation.ts';
import { captionOf, namedObjects } from './describe.ts';
import { DIMENSION, type Embedder, scaledTo, unitVector } from './embedder.ts';
import { SENTENCE_DIMENSION, SentenceEncoder } from './sentence-encoder.ts';
import type { WordNet } from './wordnet.ts';

/**
 * The "local" embedder. What is seen is put into words, and text and words meet in one space (after ConSE, Norouzi et
 * al. 2014). 1024 = 512 of sentence embedding, 256 of the hashed kinds (WordNet hypernyms) that the nouns belong to, and
 * 256 of purely visual features, which are zero for a text: they make neighbours in the map smooth, and since their norm
 * is the same in every segment, they never change a text's ranking.
 */
const KIND_DIMENSION = 256;
const VISUAL_DIMENSION = DIMENSION - SENTENCE_DIMENSION - KIND_DIMENSION;

const SENTENCE_WEIGHT = 1;
const KIND_WEIGHT = 0.7;
const VISUAL_WEIGHT = 0.8;
/** Signs a kind sets among the 256: few enough to stay apart, enough not to collide by chance. */
const HASHES = 6;
const STOP_WORDS = new Set(
  'a an the of on in at to with and or for by is are be it its this that some many mostly scene video moment thing people-of'.split(
    ' ',
  ),
);

/** Words for the absence of things, which is a kind of its own: a scene without objects has it, and so do these. */
const NOTHING_WORDS = new Set('nothing nobody empty vacant deserted unoccupied bare'.split(' '));
const NOTHING = { synset: 0, information: 1 };

/** A 32-bit mix (xorshift-multiply, after Wang) that spreads small integers over all bits. */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Backbone features on 256 numbers: centred, then folded by a fixed random sign projection, which keeps distances
 * (Johnson-Lindenstrauss).
 */
function projectFeatures(features: readonly number[]): Float32Array {
  const mean = features.reduce((sum, value) => sum + value, 0) / Math.max(1, features.length);
  const projected = new Float32Array(VISUAL_DIMENSION);
  for (const [index, value] of features.entries()) {
    for (let hash = 0; hash < HASHES; hash += 1) {
      const bits = mix(index * 8191 + hash * 131 + 7);
      const slot = bits % VISUAL_DIMENSION;
      projected[slot] = (projected[slot] ?? 0) + (bits & 0x10000 ? 1 : -1) * (value - mean);
    }
  }
  return projected;
}

export class LocalEmbedder implements Embedder {
  readonly name = 'local';
  readonly close = 0.24;
  readonly #sentences: SentenceEncoder;
  readonly #words: WordNet;

  private constructor(sentences: SentenceEncoder, words: WordNet) {
    this.#sentences = sentences;
    this.#words = words;
  }

  static async load(words: WordNet): Promise<LocalEmbedder> {
    return new LocalEmbedder(await SentenceEncoder.load(), words);
  }

  #kinds(nouns: readonly string[]): Float32Array {
    const vector = new Float32Array(KIND_DIMENSION);
    for (const noun of nouns) {
      const kinds = NOTHING_WORDS.has(noun) ? [NOTHING] : this.#words.kindsOf(noun);
      for (const { synset, information } of kinds) {
        for (let hash = 0; hash < HASHES; hash += 1) {
          const bits = mix(synset * 31 + hash * 65537);
          const slot = bits % KIND_DIMENSION;
          vector[slot] = (vector[slot] ?? 0) + (bits & 0x10000 ? 1 : -1) * information ** 2;
        }
      }
    }
    return vector;
  }

  /** Unit vector of a text: what a searcher types. */
  async embedText(text: string): Promise<Float32Array> {
    const nouns = text
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word && !STOP_WORDS.has(word));
    return unitVector([
      scaledTo(SENTENCE_WEIGHT, await this.#sentences.encode(text)),
      scaledTo(KIND_WEIGHT, this.#kinds(nouns)),
      new Float32Array(VISUAL_DIMENSION),
    ]);
  }

  /** Unit vector of a segment, from what is seen in it. */
  async embedSegment({ observation }: { observation: SegmentObservation }): Promise<Float32Array> {
    const nouns = namedObjects(observation).map(({ label }) => label);
    return unitVector([
      scaledTo(SENTENCE_WEIGHT, await this.#sentences.encode(captionOf(observation))),
      // Without objects the kind is "nothing", not none: a part of length zero would make the others weigh more.
      scaledTo(KIND_WEIGHT, this.#kinds(nouns.length > 0 ? nouns : ['nothing'])),
      scaledTo(VISUAL_WEIGHT, projectFeatures(observation.features)),
    ]);
  }
}
