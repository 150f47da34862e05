import type { ComparedHit } from '#api/contracts/models.ts';

/** How a hit has moved against the hits of another model, in words; `rank` counts from 0. */
export function getMove(segmentId: string, rank: number, others: readonly ComparedHit[]): string {
  const before = others.findIndex((other) => other.segment_id === segmentId);
  if (before < 0) return 'New';
  if (before === rank) return 'Same rank';
  return before > rank ? `Up from ${before + 1}` : `Down from ${before + 1}`;
}

/** How many hits a person has marked, and how many of those as right. */
export function countRight(hits: readonly ComparedHit[]): { right: number; marked: number } {
  const marked = hits.filter(({ is_right }) => is_right !== null);
  return { right: marked.filter(({ is_right }) => is_right).length, marked: marked.length };
}
