import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AskResponse } from '#api/contracts/chat.ts';
import { askAcrossRequestSchema, askRequestSchema } from '#api/contracts/requests.ts';
import { CHAT } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { getStageStates } from '../../db/stages.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getChargeKey } from '../../http/idempotency.ts';
import { getSearchableScope, ownVideo } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { charge } from '../credits/credits.ts';
import { toAnswerTimes } from '../segments/segment-times.ts';
import { getClosedSignal } from '../uploads/routes.ts';
import { type Answer, answerQuestion, DEFAULT_TOP_K } from './answer.ts';
import { answerAcross, DEFAULT_TOP_K_ACROSS } from './answer-across.ts';
import { withKeepAlive } from './keep-alive.ts';

const FAILED = 'The answer could not be completed.';

/** Sent while there is nothing to say, so that nothing on the way takes the stream for dead. */
const KEEP_ALIVE_MS = 15_000;

const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export function chatRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  /** The whole answer with its citations, once its text is there. */
  const whole = (links: UrlBuilder, { answeredBy, cited, scores }: Answer, text: string): AskResponse => ({
    answer: text,
    answered_by: answeredBy,
    citations: cited.map((segment) => ({
      segment_id: segment.segment_id,
      video_id: segment.video_id,
      ...toAnswerTimes(segment),
      score: scores.get(segment.segment_id) ?? null,
      text: segment.caption,
      thumbnail_url: links.file(segment.video_id, segment.thumbnail),
    })),
  });

  /** Answers as a whole or as a stream, and charges once the answer is there: one that fails, or that nobody waited for, is free. */
  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { isStream, ask }: { isStream: boolean; ask: (signal: AbortSignal) => Promise<Answer> },
  ): Promise<AskResponse | FastifyReply> {
    const links = new UrlBuilder(platform, request);
    const signal = getClosedSignal(reply);
    const key = getChargeKey(request);
    const chargeAnswer = () => charge(db, { owner: request.owner, kind: 'chat', amount: 1, key });
    const logFailure = (error: unknown) => {
      if (!signal.aborted) request.log.error({ err: error }, 'answer failed');
    };

    if (!isStream) {
      try {
        const answer = await ask(signal);
        let text = '';
        for await (const piece of answer.pieces) text += piece;
        signal.throwIfAborted();
        await chargeAnswer();
        return whole(links, answer, text);
      } catch (error) {
        logFailure(error);
        throw new HttpError(502, `${FAILED} The credit was returned.`);
      }
    }

    async function* events() {
      let text = '';
      try {
        const answer = await ask(signal);
        for await (const content of answer.pieces) {
          text += content;
          yield frame('token', { content });
        }
        // A model that is stopped ends its text as if it were complete.
        signal.throwIfAborted();
        await chargeAnswer();
        yield frame('done', whole(links, answer, text));
      } catch (error) {
        logFailure(error);
        yield frame('error', { detail: FAILED });
      }
    }
    return reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache, no-transform')
      .send(Readable.from(withKeepAlive(events(), KEEP_ALIVE_MS)));
  }

  app.post(`${CHAT}/chat/ask`, async (request, reply) => {
    const body = valid(askRequestSchema, request.body);
    const videoId = body.video_id;
    await ownVideo(db, request.owner, videoId);
    const { analyse, search } = (await getStageStates(db, [videoId])).get(videoId) ?? {};
    if (!analyse?.isPublished || !search?.isPublished) {
      throw new HttpError(409, 'This video cannot be asked yet: run analyse and search-process on it first.');
    }
    const { question, top_k: topK, history } = body;
    const asked = { videoId, question, topK: topK ?? DEFAULT_TOP_K, history: history ?? [] };
    return send(request, reply, {
      isStream: body.stream ?? false,
      ask: (signal) => answerQuestion(platform, { ...asked, signal }),
    });
  });

  app.post('/local/chat/ask', async (request, reply) => {
    const body = valid(askAcrossRequestSchema, request.body);
    const { videoIds } = await getSearchableScope(db, request.owner, body);
    if (videoIds.length === 0) throw new HttpError(409, 'None of these videos has been made searchable yet.');
    const { question, top_k: topK, history } = body;
    const asked = { videoIds, question, topK: topK ?? DEFAULT_TOP_K_ACROSS, history: history ?? [] };
    return send(request, reply, {
      isStream: body.stream ?? false,
      ask: (signal) => answerAcross(platform, { ...asked, signal }),
    });
  });
}
