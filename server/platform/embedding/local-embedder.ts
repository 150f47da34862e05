import { loadOnce } from '../load-once.ts';
import type { SegmentObservation } from '../tasks/vision/observation.ts';
import { CONCEPT_DIMENSION, conceptVector, type PeopleAttribute, textConceptVector } from './concepts.ts';
import { getCaption, namedObjects } from './describe.ts';
import { DIMENSION, type EmbeddingModel, LOCAL, SENTENCE_DIMENSION, scaledTo, unitVector } from './embedding-model.ts';
import { hashFeature } from './hash-feature.ts';
import type { SentenceEncoder } from './sentence-encoder.ts';
import type { WordNet } from './wordnet.ts';

const VISUAL_DIMENSION = DIMENSION - SENTENCE_DIMENSION - CONCEPT_DIMENSION;

const SENTENCE_WEIGHT = 1;
const CONCEPT_WEIGHT = 0.7;
const VISUAL_WEIGHT = 0.8;

/**
 * Backbone features on 256 numbers: centered, then folded by a fixed random sign projection, which keeps distances
 * (Johnson-Lindenstrauss).
 */
function projectFeatures(features: readonly number[]): Float32Array {
  const mean = features.reduce((sum, value) => sum + value, 0) / Math.max(1, features.length);
  const projected = new Float32Array(VISUAL_DIMENSION);
  for (const [index, value] of features.entries()) hashFeature(projected, index * 8191 + 7, 131, value - mean);
  return projected;
}

/** What is known of the people in a segment, where they are among what is named. A face that smiles is somebody's. */
function getPeopleAttributes(observation: SegmentObservation): PeopleAttribute[] {
  const { postures = [], occupancy, interaction, smiles = 0 } = observation;
  const smiling: PeopleAttribute[] = smiles > 0 ? ['smiling'] : [];
  if (!namedObjects(observation).some(({ label }) => label === 'person')) return smiling;
  return [
    ...postures.map(({ posture }) => posture),
    ...(occupancy === 'many' ? (['many'] as const) : []),
    ...(interaction ? [interaction] : []),
    ...smiling,
  ];
}

/**
 * The "local" embedder. What is seen is put into words, and text and words meet in one space (after ConSE, Norouzi et
 * al. 2014). 1024 = 512 of sentence embedding, 256 of the hashed kinds (WordNet hypernyms) that the things belong to, and
 * 256 of purely visual features, which are zero for a text: they make neighbors in the map smooth, and since their norm
 * is the same in every segment, they never change a text's ranking.
 */
export class LocalEmbedder implements EmbeddingModel {
  readonly name = LOCAL.name;
  readonly close = LOCAL.close;
  readonly usesPictures = LOCAL.usesPictures;
  readonly #getWords: () => Promise<WordNet>;
  readonly #getSentences = loadOnce(async (): Promise<SentenceEncoder> => {
    const { SentenceEncoder } = await import('./sentence-encoder.ts');
    return SentenceEncoder.load();
  });

  /** Loads its models when the first vector is asked for. */
  constructor(getWords: () => Promise<WordNet>) {
    this.#getWords = getWords;
  }

  /** Unit vector of a text: what a searcher types. */
  async embedText(text: string): Promise<Float32Array> {
    const [words, sentences] = await Promise.all([this.#getWords(), this.#getSentences()]);
    return unitVector([
      scaledTo(SENTENCE_WEIGHT, await sentences.encode(text)),
      scaledTo(CONCEPT_WEIGHT, textConceptVector(words, text)),
      new Float32Array(VISUAL_DIMENSION),
    ]);
  }

  /** Unit vector of a segment, from what is seen in it. */
  async embedSegment({ observation }: { observation: SegmentObservation }): Promise<Float32Array> {
    const [words, sentences] = await Promise.all([this.#getWords(), this.#getSentences()]);
    const things = namedObjects(observation).flatMap(({ label, color, colors = [color] }) =>
      colors.map((each) => ({ noun: label, color: each, attribute: null })),
    );
    const people = getPeopleAttributes(observation).map((attribute) => ({ noun: 'person', color: null, attribute }));
    const all = people.length === 0 ? things : [...things.filter(({ noun }) => noun !== 'person'), ...people];
    return unitVector([
      scaledTo(SENTENCE_WEIGHT, await sentences.encode(getCaption(observation))),
      // Without objects the kind is "nothing", not none: a part of length zero would make the others weigh more.
      scaledTo(CONCEPT_WEIGHT, conceptVector(words, all.length > 0 ? all : [{ noun: 'nothing', color: null }])),
      scaledTo(VISUAL_WEIGHT, projectFeatures(observation.features)),
    ]);
  }
}
