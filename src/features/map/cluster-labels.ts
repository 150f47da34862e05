import { type Clusters, NO_CLUSTER } from '#engines/scatter/clusters.ts';
import type { MapPoints } from './map-points.ts';

const toSet = (words: string) => new Set(words.split(' '));

/** Words that a phrase neither starts nor ends with. Some of them may join its words: "balls on grass". */
const STOP_WORDS = toSet(
  'a an and are as at by for from has have in into is it its no not of on or the their there this to with without',
);
const JOINING_WORDS = toSet('at in of on with');
/** Words that say nothing of a picture: how many, and that it is one. No phrase holds them. */
const FILLER_WORDS = toSet(
  'one two three four five six seven eight nine ten several some many few mostly scene scenes video image picture frame shot view background',
);
const COLOR_WORDS = toSet('black gray grey white red orange yellow green cyan blue purple pink brown');
const MAX_PHRASE_WORDS = 4;
/** A phrase is a name for a cluster when at least this fraction of its segments has it. */
const MIN_FRACTION = 0.25;
/** How much more each further word of a phrase says. */
const LENGTH_BONUS = 0.3;

/** True for a run of words that can be read by itself. */
function isPhrase(words: readonly string[]): boolean {
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (STOP_WORDS.has(first) || STOP_WORDS.has(last)) return false;
  if (words.some((word) => STOP_WORDS.has(word) && !JOINING_WORDS.has(word))) return false;
  return words.some((word) => word.length > 2 && !COLOR_WORDS.has(word) && !STOP_WORDS.has(word));
}

/** The phrases of a caption. What it says of the background ("; mostly gray") is left out. */
function getPhrases(text: string | null): Set<string> {
  const [described = ''] = (text ?? '').toLowerCase().split(/;\s*mostly\b/);
  const phrases = new Set<string>();
  for (const clause of described.split(/[^\p{L}\p{N}\s'-]+/u)) {
    const words = clause.split(/\s+/).filter(Boolean);
    for (let from = 0; from < words.length; from += 1) {
      for (let length = 1; length <= MAX_PHRASE_WORDS && from + length <= words.length; length += 1) {
        const run = words.slice(from, from + length);
        if (FILLER_WORDS.has(run.at(-1) ?? '')) break;
        if (isPhrase(run)) phrases.add(run.join(' '));
      }
    }
  }
  return phrases;
}

/** How often each text is in each cluster: words are taken apart once for each text, since many segments share one. */
function countByText(of: Int16Array, text: ArrayLike<number>): Map<number, Map<number, number>> {
  const counts = new Map<number, Map<number, number>>();
  for (let index = 0; index < of.length; index += 1) {
    const number = text[index] ?? 0;
    const own = counts.get(number) ?? new Map<number, number>();
    const cluster = of[index] ?? NO_CLUSTER;
    own.set(cluster, (own.get(cluster) ?? 0) + 1);
    counts.set(number, own);
  }
  return counts;
}

/**
 * A name for each cluster, and another for each: the phrase of its captions that is common in it and rare elsewhere (tf-idf
 * over segments), rather long than short. Where there are no captions, its number.
 */
export function getClusterLabels(
  { of, sizes }: Clusters,
  { text, texts }: Pick<MapPoints, 'text' | 'texts'>,
): string[] {
  const everywhere = new Map<string, number>();
  const within = sizes.map(() => new Map<string, number>());
  const add = (counts: Map<string, number> | undefined, phrase: string, count: number) =>
    counts?.set(phrase, (counts.get(phrase) ?? 0) + count);
  for (const [number, counts] of countByText(of, text)) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const phrase of getPhrases(texts[number] ?? null)) {
      add(everywhere, phrase, total);
      for (const [cluster, count] of counts) add(within[cluster], phrase, count);
    }
  }
  const taken = new Set<string>();
  return sizes.map((size, cluster) => {
    const getScore = (phrase: string, count: number) =>
      (count / size) *
      Math.log(1 + of.length / (everywhere.get(phrase) ?? 1)) *
      (1 + LENGTH_BONUS * (phrase.split(' ').length - 1));
    const phrases = [...(within[cluster] ?? [])]
      .filter(([, count]) => count >= MIN_FRACTION * size)
      .map(([phrase, count]) => ({ phrase, score: getScore(phrase, count) }))
      .sort((a, b) => b.score - a.score || a.phrase.localeCompare(b.phrase))
      .map(({ phrase }) => phrase);
    const [best] = phrases;
    if (best === undefined) return `Cluster ${cluster + 1}`;
    const isTaken = (phrase: string) => taken.has(phrase) || [...taken].some((other) => other.includes(phrase));
    const label = phrases.find((phrase) => !isTaken(phrase)) ?? `${best} ${taken.size + 1}`;
    taken.add(label);
    return label;
  });
}
