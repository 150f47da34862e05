import type { SegmentDetails } from '#api/contracts/segments.ts';
import type { Segment } from '#shared/segments/segment-queries.ts';

const MAX_EXAMPLES = 5;

/** An object in the words of a query. The color of a person is that of the clothes, which a query would not say that way. */
function toQuery({ label, color, moving }: SegmentDetails['objects'][number]): string {
  if (label === 'person') return moving ? 'person walking' : 'person';
  return color ? `${color} ${label}` : label;
}

/**
 * Queries made of the objects that were detected, such as "white car" or "person walking": of each label the most frequent
 * one, those of most segments first. `videos` are the segments of each video.
 */
export function toExampleQueries(videos: readonly (readonly Segment[])[]): string[] {
  const counts = new Map<string, { label: string; count: number }>();
  for (const { details } of videos.flat()) {
    for (const object of details?.objects ?? []) {
      const query = toQuery(object);
      counts.set(query, { label: object.label, count: (counts.get(query)?.count ?? 0) + 1 });
    }
  }
  const ranked = [...counts].sort(([a, { count }], [b, { count: other }]) => other - count || a.localeCompare(b));
  const byLabel = new Map<string, string>();
  for (const [query, { label }] of ranked) if (!byLabel.has(label)) byLabel.set(label, query);
  return [...byLabel.values()].slice(0, MAX_EXAMPLES);
}
