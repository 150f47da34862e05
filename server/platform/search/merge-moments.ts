import type { NearSegment } from './nearest.ts';

/** Cosine similarity from which two segments that follow each other show the same thing. */
const SAME_MOMENT = 0.97;

/** The numbers of a pgvector literal. */
export const numbersOf = (literal: string): number[] => literal.slice(1, -1).split(',').map(Number);

interface Moment {
  hit: NearSegment;
  first: number;
  last: number;
  /** Of the segments at either end, since alikeness may drift along a long shot. */
  readonly vectors: Map<number, string>;
}

function cosine(one: string, other: string): number {
  const numbers = numbersOf(other);
  return numbersOf(one).reduce((sum, value, index) => sum + value * (numbers[index] ?? 0), 0);
}

function joins(moment: Moment, segment: NearSegment): boolean {
  if (moment.hit.video_id !== segment.video_id) return false;
  const neighbour = segment.position === moment.first - 1 ? moment.first : moment.last;
  if (Math.abs(segment.position - neighbour) !== 1) return false;
  const beside = moment.vectors.get(neighbour);
  return beside !== undefined && cosine(beside, segment.vector) >= SAME_MOMENT;
}

/**
 * Joins hits that follow each other in a video and look the same into one: it keeps the best one's place, picture and
 * score, and runs from the start of the first to the end of the last. `near` comes best first, and so do the moments.
 */
export function mergeMoments(near: readonly NearSegment[]): NearSegment[] {
  const moments: Moment[] = [];
  for (const segment of near) {
    const moment = moments.find((candidate) => joins(candidate, segment));
    if (!moment) {
      const { position, vector } = segment;
      moments.push({ hit: segment, first: position, last: position, vectors: new Map([[position, vector]]) });
      continue;
    }
    moment.first = Math.min(moment.first, segment.position);
    moment.last = Math.max(moment.last, segment.position);
    moment.vectors.set(segment.position, segment.vector);
    moment.hit = {
      ...moment.hit,
      start_s: Math.min(moment.hit.start_s, segment.start_s),
      end_s: Math.max(moment.hit.end_s, segment.end_s),
    };
  }
  return moments.map(({ hit }) => hit);
}
