import type { Clusters } from '#engines/scatter/clusters.ts';
import type { MapSegment } from './map-points.ts';

/** Words that say nothing of a picture. */
const EMPTY = new Set(
  'a an and are as at by for from has have in into is it its no not of on or the their there this to two three four five six seven eight nine several some many with without'.split(
    ' ',
  ),
);
/** A word is a name for a cluster when at least this share of its segments has it. */
const MIN_FRACTION = 0.25;

const getWords = (text: string | null): Set<string> =>
  new Set(
    (text ?? '')
      .toLowerCase()
      .match(/\p{L}{3,}/gu)
      ?.filter((word) => !EMPTY.has(word)) ?? [],
  );

/** A name of two of these words, best ones first, that is not taken yet; with a number where all are. */
function freshName(words: readonly string[], taken: Set<string>): string {
  const [first = '', second] = words;
  const pairs = words.flatMap((later, at) => words.slice(0, at).map((earlier) => [earlier, later] as const));
  const names = second === undefined ? [[first] as const] : pairs;
  const getKey = (name: readonly string[]) => [...name].sort().join();
  const fresh = names.find((name) => !taken.has(getKey(name)));
  if (fresh) {
    taken.add(getKey(fresh));
    return fresh.join(', ');
  }
  return freshName([`${first} ${taken.size + 1}`], taken);
}

/**
 * A name for each cluster, and another for each: the words of its captions that are common in it and rare elsewhere
 * (tf-idf over segments). Where there are no captions, its number.
 */
export function clusterLabels({ of, sizes }: Clusters, segments: readonly MapSegment[]): string[] {
  const everywhere = new Map<string, number>();
  const within = sizes.map(() => new Map<string, number>());
  segments.forEach(({ text }, index) => {
    for (const word of getWords(text)) {
      everywhere.set(word, (everywhere.get(word) ?? 0) + 1);
      const own = within[of[index] ?? -1];
      own?.set(word, (own.get(word) ?? 0) + 1);
    }
  });
  const taken = new Set<string>();
  return sizes.map((size, cluster) => {
    const scored = [...(within[cluster] ?? [])]
      .filter(([, count]) => count >= MIN_FRACTION * size)
      .map(([word, count]) => ({
        word,
        score: (count / size) * Math.log(1 + segments.length / (everywhere.get(word) ?? 1)),
      }))
      .sort((a, b) => b.score - a.score || a.word.localeCompare(b.word));
    const words = scored.map(({ word }) => word);
    return words.length > 0 ? freshName(words, taken) : `Cluster ${cluster + 1}`;
  });
}
