import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CHAT } from '#api/paths.ts';
import { type AskResponse, askRequestSchema } from '#api/schemas/chat.ts';
import { formatTimecode } from '#lib/time.ts';
import { answerQuestion, DEFAULT_TOP_K } from '../answers/answer.ts';
import type { Platform } from '../context.ts';
import { charged } from '../credits.ts';
import { stagesOf } from '../db/stages.ts';
import { Problem, valid } from '../problem.ts';
import { Links } from './links.ts';
import { ownVideo } from './ownership.ts';

const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** An answer as server-sent events: a token a word, then the whole with its citations. */
function* events(answer: AskResponse): Generator<string> {
  for (const content of answer.answer.match(/\s*\S+\s*/g) ?? []) yield frame('token', { content });
  yield frame('done', answer);
}

export function chatRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  async function answer(
    request: FastifyRequest,
    videoId: string,
    question: string,
    topK: number,
  ): Promise<AskResponse> {
    const { answer: text, cited, scores } = await answerQuestion(platform, videoId, question, topK);
    const links = new Links(platform, request);
    return {
      answer: text,
      answered_by: 'extractive',
      citations: cited.map((segment) => ({
        segment_id: segment.segment_id,
        start: formatTimecode(segment.start_s),
        end: formatTimecode(segment.end_s),
        score: scores.get(segment.segment_id) ?? null,
        text: segment.caption,
        thumbnail_url: links.segmentThumbnail(videoId, segment.thumbnail),
      })),
    };
  }

  app.post(`${CHAT}/chat/ask`, async (request, reply) => {
    const body = valid(askRequestSchema, request.body);
    await ownVideo(db, request.owner, body.video_id);
    const states = (await stagesOf(db, [body.video_id])).get(body.video_id);
    if (states?.search?.status !== 'completed' || states.analyse?.status !== 'completed') {
      throw new Problem(409, 'This video cannot be asked yet: run analyse and search-process on it first.');
    }
    const composed = await charged(db, request.owner, 'chat', () =>
      answer(request, body.video_id, body.question, body.top_k ?? DEFAULT_TOP_K),
    );
    if (!body.stream) return composed;
    return reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache, no-transform')
      .send(Readable.from(events(composed)));
  });
}
