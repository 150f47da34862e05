import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { CHAT } from '#api/paths.ts';
import { type AskResponse, askRequestSchema } from '#api/schemas/chat.ts';
import { formatTimecode } from '#lib/time.ts';
import { type Answer, answerQuestion, DEFAULT_TOP_K } from '../answers/answer.ts';
import type { Platform } from '../context.ts';
import { charge } from '../credits.ts';
import { stagesOf } from '../db/stages.ts';
import { Problem, valid } from '../problem.ts';
import { Links } from './links.ts';
import { ownVideo } from './ownership.ts';

const FAILED = 'The answer could not be completed.';

const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export function chatRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  /** The whole answer with its citations, once its text is there. */
  const whole = (links: Links, videoId: string, { answeredBy, cited, scores }: Answer, text: string): AskResponse => ({
    answer: text,
    answered_by: answeredBy,
    citations: cited.map((segment) => ({
      segment_id: segment.segment_id,
      start: formatTimecode(segment.start_s),
      end: formatTimecode(segment.end_s),
      score: scores.get(segment.segment_id) ?? null,
      text: segment.caption,
      thumbnail_url: links.segmentThumbnail(videoId, segment.thumbnail),
    })),
  });

  app.post(`${CHAT}/chat/ask`, async (request, reply) => {
    const body = valid(askRequestSchema, request.body);
    const videoId = body.video_id;
    await ownVideo(db, request.owner, videoId);
    const states = (await stagesOf(db, [videoId])).get(videoId);
    if (states?.search?.status !== 'completed' || states.analyse?.status !== 'completed') {
      throw new Problem(409, 'This video cannot be asked yet: run analyse and search-process on it first.');
    }
    const links = new Links(platform, request);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    await charge(db, request.owner, 'chat', 1);
    const refund = (error: unknown) => {
      console.error('An answer failed:', error instanceof Error ? error.message : error);
      return charge(db, request.owner, 'chat', -1);
    };
    const ask = () =>
      answerQuestion(platform, {
        videoId,
        question: body.question,
        topK: body.top_k ?? DEFAULT_TOP_K,
        history: body.history ?? [],
        signal: gone.signal,
      });

    if (!body.stream) {
      try {
        const answer = await ask();
        let text = '';
        for await (const piece of answer.pieces) text += piece;
        return whole(links, videoId, answer, text);
      } catch (error) {
        await refund(error);
        throw new Problem(502, `${FAILED} The credit was returned.`);
      }
    }

    async function* events() {
      let text = '';
      try {
        const answer = await ask();
        for await (const content of answer.pieces) {
          text += content;
          yield frame('token', { content });
        }
        yield frame('done', whole(links, videoId, answer, text));
      } catch (error) {
        await refund(error);
        yield frame('error', { detail: FAILED });
      }
    }
    return reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache, no-transform')
      .send(Readable.from(events()));
  });
}
