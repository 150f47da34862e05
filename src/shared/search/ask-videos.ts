import type { ChargeState } from '#api/charge.ts';
import type { Citation } from '#api/contracts/chat.ts';
import { VideoSDKError } from '#api/errors.ts';
import { toScopeBody } from '#api/resources/search.ts';
import { api, sendLocal } from '#shared/platform/client.ts';
import { resolveScope, type SearchScope } from './scope.ts';

/** An answer as far as it has come. */
export interface AnswerSoFar {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly isDone: boolean;
  /** The videos that have been asked, where they are asked one by one. */
  readonly askedIds: readonly string[];
}

const NONE: AnswerSoFar = { text: '', citations: [], isDone: false, askedIds: [] };

/** An answer that ended before it was complete, with what is known about its credit. */
export class BrokenAnswerError extends VideoSDKError {
  override name = 'BrokenAnswerError';
  readonly chargeState: ChargeState;
  constructor(message: string, chargeState: ChargeState) {
    super(message);
    this.chargeState = chargeState;
  }
}

/**
 * The embedded platform answers from all videos of a scope at once. Throws with the platform's sentence when it fails; the
 * credit is returned then.
 */
export async function* answerFromScope(
  question: string,
  scope: SearchScope,
  signal: AbortSignal,
): AsyncGenerator<AnswerSoFar> {
  // Loaded before the question is sent: it costs a credit.
  const { readAskEvents } = await import('#api/resources/ask-stream.ts');
  const body = { question, stream: true, ...toScopeBody(await resolveScope(scope, signal)) };
  const response = await sendLocal('/local/chat/ask', 'POST', body, signal);
  if (!response.body) throw new TypeError('The answer has no body.');
  let text = '';
  for await (const event of readAskEvents(response.body, signal)) {
    if (event.type === 'error')
      throw new BrokenAnswerError(event.detail, event.isConnectionLost ? 'unknown' : 'returned');
    if (event.type === 'done') {
      yield { ...NONE, text: event.answer, citations: event.citations ?? [], isDone: true };
      return;
    }
    text += event.content;
    yield { ...NONE, text };
  }
  throw new BrokenAnswerError('The answer was interrupted.', 'unknown');
}

/**
 * A hosted platform is asked for one video after the other; each costs a credit. `before` is an answer that broke off: it goes on
 * with the videos that were not asked.
 */
export async function* answerFromVideos(
  question: string,
  videos: readonly { readonly id: string; readonly name: string }[],
  signal: AbortSignal,
  before: AnswerSoFar = NONE,
): AsyncGenerator<AnswerSoFar> {
  let soFar = before;
  const left = videos.filter(({ id }) => !before.askedIds.includes(id));
  for (const [index, { id, name }] of left.entries()) {
    const response = await api.chat.ask(question, { videoId: id }, { signal });
    const part = `**${name}**\n\n${response.answer}`;
    soFar = {
      text: soFar.text === '' ? part : `${soFar.text}\n\n${part}`,
      citations: [...soFar.citations, ...(response.citations ?? []).map((citation) => ({ ...citation, video_id: id }))],
      isDone: index === left.length - 1,
      askedIds: [...soFar.askedIds, id],
    };
    yield soFar;
  }
}
