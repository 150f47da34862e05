import type { Platform } from '../context.ts';
import { nearestSegments } from '../search/nearest.ts';
import { COCO_LABELS } from '../vision/labels.ts';
import { type Composed, composeAnswer } from './extractive.ts';

export const DEFAULT_TOP_K = 5;

/** The COCO labels that a question names: by the word itself, its plural, or another word for the same kind. */
function labelsIn(question: string, sameThing: (a: string, b: string) => boolean): string[] {
  const words = question
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  const phrase = ` ${words.join(' ')} `;
  return COCO_LABELS.filter((label) => phrase.includes(` ${label} `) || words.some((word) => sameThing(word, label)));
}

/** Retrieves what a question is about in one video and composes an answer from it, with its scores. */
export async function answerQuestion(
  { db, embedder }: Platform,
  videoId: string,
  question: string,
  topK: number,
): Promise<Composed & { scores: ReadonlyMap<string, number> }> {
  const segments = await db
    .selectFrom('segments')
    .select(['segment_id', 'start_s', 'end_s', 'thumbnail', 'caption', 'observation'])
    .where('video_id', '=', videoId)
    .orderBy('position')
    .execute();
  const near = await nearestSegments(db, [videoId], await embedder.embedText(question), topK);
  const scores = new Map(near.map(({ segment_id, score }) => [segment_id, score]));
  const byId = new Map(segments.map((segment) => [segment.segment_id, segment]));
  const retrieved = near.flatMap(({ segment_id, score }) => {
    const segment = byId.get(segment_id);
    return segment ? [{ ...segment, score }] : [];
  });
  const labels = labelsIn(question, (word, label) => embedder.namesSameThing(word, label));
  return { ...composeAnswer({ question, segments, retrieved, labels }), scores };
}
