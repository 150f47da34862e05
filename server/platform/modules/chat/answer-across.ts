import { sql } from 'kysely';
import type { ChatMessage } from '#api/contracts/chat.ts';
import { SEARCH_OPTIONS } from '#api/contracts/search.ts';
import type { Platform } from '../../context.ts';
import { type HybridHit, searchSegments } from '../search/hybrid-search.ts';
import { getSpokenAndWritten } from '../transcripts/text-tracks.ts';
import { type Answer, answerQuestion, type CitedSegment, readFrames, toPieces } from './answer.ts';
import { formatNotes } from './notes.ts';
import { toTextTerms } from './quotes.ts';

export const DEFAULT_TOP_K_ACROSS = 10;
/** Without a language model, an answer is put together from so many videos; more would be a list of results. */
const MAX_VIDEOS = 5;

export interface QuestionAcross {
  readonly videoIds: readonly string[];
  readonly question: string;
  /** How many segments are retrieved, of all videos together. */
  readonly topK: number;
  readonly history: readonly ChatMessage[];
  readonly signal: AbortSignal;
}

const getNames = async ({ db }: Platform, videoIds: readonly string[]): Promise<Map<string, string>> => {
  const videos = await db
    .selectFrom('videos')
    .select(['video_id', 'name'])
    .where('video_id', '=', sql<string>`any(${[...videoIds]}::uuid[])`)
    .execute();
  return new Map(videos.map(({ video_id, name }) => [video_id, name]));
};

async function readSegments(
  { db }: Platform,
  hits: readonly HybridHit[],
): Promise<(CitedSegment & { score: number })[]> {
  const segments = await db
    .selectFrom('segments')
    .select(['segment_id', 'video_id', 'start_s', 'end_s', 'thumbnail', 'caption', 'observation'])
    .where('segment_id', '=', sql<string>`any(${hits.map(({ segment_id }) => segment_id)}::uuid[])`)
    .execute();
  const byId = new Map(segments.map((segment) => [segment.segment_id, segment]));
  return hits.flatMap(({ segment_id, score, start_s }) => {
    const segment = byId.get(segment_id);
    return segment ? [{ ...segment, start_s, score }] : [];
  });
}

/** What is known of segments of several videos, under the names of these. */
async function formatNotesAcross(
  platform: Platform,
  retrieved: readonly (CitedSegment & { score: number })[],
  names: ReadonlyMap<string, string>,
): Promise<string> {
  const parts: string[] = [];
  for (const [videoId, name] of names) {
    const own = retrieved.filter(({ video_id }) => video_id === videoId);
    parts.push(`Video "${name}":\n${formatNotes(own, await getSpokenAndWritten(platform.db, videoId))}`);
  }
  return parts.join('\n\n');
}

/** An answer from each of the videos that have something close to the question, best first. */
async function composeAcross(
  platform: Platform,
  { question, topK, signal }: QuestionAcross,
  names: ReadonlyMap<string, string>,
): Promise<{ text: string; cited: CitedSegment[] }> {
  const parts: string[] = [];
  const cited: CitedSegment[] = [];
  for (const [videoId, name] of [...names].slice(0, MAX_VIDEOS)) {
    const answer = await answerQuestion(platform, { videoId, question, topK, history: [], signal });
    if (answer.cited.length === 0) continue;
    let text = '';
    for await (const piece of answer.pieces) text += piece;
    parts.push(`**${name}**\n\n${text}`);
    cited.push(...answer.cited);
  }
  return { text: parts.join('\n\n') || 'I couldn’t find that in these videos.', cited };
}

/** Retrieves what a question is about in several videos and answers from it. */
export async function answerAcross(platform: Platform, asked: QuestionAcross): Promise<Answer> {
  const { videoIds, question, topK, history, signal } = asked;
  const hits = await searchSegments(platform, {
    query: question,
    words: toTextTerms(question),
    videoIds,
    limit: topK,
    options: SEARCH_OPTIONS,
  });
  const close = hits.filter(({ isClose }) => isClose);
  const scores = new Map(hits.map(({ segment_id, score }) => [segment_id, score]));
  const ids = [...new Set(close.map(({ video_id }) => video_id))];
  const found = await getNames(platform, ids);
  const names = new Map(ids.map((id) => [id, found.get(id) ?? id]));
  const { model } = platform;
  if (!model) {
    const { text, cited } = await composeAcross(platform, asked, names);
    return { answeredBy: 'extractive', pieces: toPieces(text), cited, scores };
  }
  const retrieved = await readSegments(platform, close);
  const notes = await formatNotesAcross(platform, retrieved, names);
  const frames = model.hasVision ? await readFrames(platform, retrieved, signal) : [];
  const pieces = model.answer({ question, notes, frames, history, signal });
  return { answeredBy: 'language-model', pieces, cited: retrieved, scores };
}
