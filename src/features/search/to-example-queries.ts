import type { SegmentDetails } from '#api/contracts/segments.ts';
import type { Segment } from '#shared/segments/segment-queries.ts';

const MAX_EXAMPLES = 5;

/** An object in the words of a query. The color of a person is that of the clothes, which a query would not say that way. */
function toQuery({ label, color, moving }: SegmentDetails['objects'][number]): string {
  if (label === 'person') return moving ? 'person walking' : 'person';
  return color ? `${color} ${label}` : label;
}

/** Colors that every picture has, and that nobody looks for. */
const PLAIN_COLORS: ReadonlySet<string> = new Set(['black', 'gray', 'white']);

/** What a segment could be looked for by: the objects in it; its main color where nothing was detected. */
function getExamples({ details }: Segment): { query: string; label: string }[] {
  if (!details) return [];
  const objects = details.objects.map((object) => ({ query: toQuery(object), label: object.label }));
  const [main] = details.colors.filter(({ name }) => !PLAIN_COLORS.has(name));
  return objects.length > 0 || !main ? objects : [{ query: `${main.name} scene`, label: main.name }];
}

/**
 * Queries made of what was detected, such as "white car" or "person walking": of each label the most frequent one, those of
 * most segments first. `videos` are the segments of each video.
 */
export function toExampleQueries(videos: readonly (readonly Segment[])[]): string[] {
  const counts = new Map<string, { label: string; count: number }>();
  for (const { query, label } of videos.flat().flatMap(getExamples))
    counts.set(query, { label, count: (counts.get(query)?.count ?? 0) + 1 });
  const ranked = [...counts].sort(([a, { count }], [b, { count: other }]) => other - count || a.localeCompare(b));
  const byLabel = new Map<string, string>();
  for (const [query, { label }] of ranked) if (!byLabel.has(label)) byLabel.set(label, query);
  return [...byLabel.values()].slice(0, MAX_EXAMPLES);
}
