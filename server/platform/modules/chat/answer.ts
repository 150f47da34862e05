import { readFile } from 'node:fs/promises';
import type { ChatMessage } from '#api/contracts/chat.ts';
import { SEARCH_OPTIONS } from '#api/contracts/search.ts';
import type { Platform } from '../../context.ts';
import { LOCAL } from '../../embedding/embedding-model.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { searchSegments } from '../search/hybrid-search.ts';
import { findTexts, parseTextQuery } from '../search/text-search.ts';
import { getSpokenAndWritten } from '../transcripts/text-tracks.ts';
import { type AnswerSegment, composeAnswer } from './extractive.ts';
import type { KeyFrame } from './language-model.ts';
import { formatNotes } from './notes.ts';
import { toTextTerms } from './quotes.ts';
import { answerFromHistory } from './recall.ts';

export const DEFAULT_TOP_K = 5;

export interface Question {
  readonly videoId: string;
  readonly question: string;
  /** How many segments are retrieved. */
  readonly topK: number;
  readonly history: readonly ChatMessage[];
  readonly signal: AbortSignal;
}

export interface CitedSegment extends AnswerSegment {
  readonly video_id: string;
}

export interface Answer {
  /** Who speaks: the configured language model, or sentences composed from what was seen. */
  readonly answeredBy: 'language-model' | 'extractive';
  /** The answer in pieces, as they are made. Throws when the model fails. */
  readonly pieces: AsyncIterable<string> | Iterable<string>;
  /** The segments that the answer rests on, and their similarity to the question where it was measured. */
  readonly cited: readonly CitedSegment[];
  readonly scores: ReadonlyMap<string, number>;
}

export const toPieces = (answer: string): string[] => answer.match(/\s*\S+\s*/g) ?? [];

/** What most models take at once, and what a minute's reading of them costs. */
const MAX_FRAMES = 8;

/** The pictures of the segments that fit a question best, as they come. */
export const readFrames = (
  { scratch, store }: Platform,
  retrieved: readonly CitedSegment[],
  signal: AbortSignal,
): Promise<KeyFrame[]> =>
  scratch.use((folder) =>
    Promise.all(
      retrieved.slice(0, MAX_FRAMES).map(async ({ video_id, start_s, thumbnail }) => ({
        start_s,
        jpeg: await readFile(await store.fetch(toObjectKey(video_id, thumbnail), folder, signal)),
      })),
    ),
  );

/** Retrieves what a question is about in one video and answers from it. */
export async function answerQuestion(platform: Platform, asked: Question): Promise<Answer> {
  const { db, readDb, embedders, model } = platform;
  const { videoId, question, topK, history, signal } = asked;
  const recalled = model ? null : answerFromHistory(question, history);
  if (recalled !== null) return { answeredBy: 'extractive', pieces: toPieces(recalled), cited: [], scores: new Map() };
  const segments = await db
    .selectFrom('segments')
    .select(['segment_id', 'video_id', 'start_s', 'end_s', 'thumbnail', 'caption', 'observation'])
    .where('video_id', '=', videoId)
    .orderBy('position')
    .execute();
  const terms = toTextTerms(question);
  const near = await searchSegments(platform, {
    query: question,
    words: terms,
    videoIds: [videoId],
    limit: topK,
    options: SEARCH_OPTIONS,
  });
  const quotes = await getSpokenAndWritten(db, videoId);
  const scores = new Map(near.map(({ segment_id, score }) => [segment_id, score]));
  const byId = new Map(segments.map((segment) => [segment.segment_id, segment]));
  const retrieved = near.flatMap(({ segment_id, score, start_s }) => {
    const segment = byId.get(segment_id);
    return segment ? [{ ...segment, start_s, score }] : [];
  });
  if (model) {
    const frames = model.hasVision ? await readFrames(platform, retrieved, signal) : [];
    const pieces = model.answer({ question, notes: formatNotes(retrieved, quotes), frames, history, signal });
    return { answeredBy: 'language-model', pieces, cited: retrieved, scores };
  }
  const { answer, cited } = composeAnswer({
    question,
    segments,
    retrieved,
    quotes,
    matches: await findTexts(readDb, [videoId], parseTextQuery(terms), ['said', 'written']),
    labels: await (await embedders.get(LOCAL.name)).findLabels(question),
    close: (await embedders.getServing()).close,
  });
  return {
    answeredBy: 'extractive',
    pieces: toPieces(answer),
    cited: cited.map((segment) => ({ ...segment, video_id: videoId })),
    scores,
  };
}
