import type { AskEvent, Citation } from '#api/contracts/chat.ts';
import { toScopeBody } from '#api/resources/search.ts';
import { api, sendLocal } from '#shared/platform/client.ts';
import { resolveScope, type SearchScope } from './scope.ts';

/** A platform that sends nothing for so long has lost the connection: it sends a comment every 15 s. */
const MAX_SILENCE_MS = 90_000;

/** An answer as far as it has come. */
export interface AnswerSoFar {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly isDone: boolean;
}

/** The embedded platform answers from all videos of a scope at once. */
async function* askScope(question: string, scope: SearchScope, signal: AbortSignal): AsyncGenerator<AskEvent> {
  const { readEvents, toAskEvent } = await import('#api/resources/ask-stream.ts');
  const body = { question, stream: true, ...toScopeBody(await resolveScope(scope, signal)) };
  const response = await sendLocal('/local/chat/ask', 'POST', body, signal);
  if (!response.body) throw new TypeError('The answer has no body.');
  let answer = '';
  for await (const message of readEvents(response.body, MAX_SILENCE_MS)) {
    const event = toAskEvent(message, answer);
    if (event?.type === 'token') answer += event.content;
    if (event) yield event;
  }
}

/** Throws with the platform's sentence when it fails; the credit is returned then. */
export async function* answerFromScope(
  question: string,
  scope: SearchScope,
  signal: AbortSignal,
): AsyncGenerator<AnswerSoFar> {
  let text = '';
  for await (const event of askScope(question, scope, signal)) {
    if (event.type === 'error') throw new Error(event.detail);
    if (event.type === 'token') {
      text += event.content;
      yield { text, citations: [], isDone: false };
    } else {
      yield { text: event.answer, citations: event.citations ?? [], isDone: true };
      return;
    }
  }
  throw new Error('The answer broke off.');
}

/** A hosted platform is asked for one video after the other; each costs a credit. */
export async function* answerFromVideos(
  question: string,
  videos: readonly { readonly id: string; readonly name: string }[],
  signal: AbortSignal,
): AsyncGenerator<AnswerSoFar> {
  const parts: string[] = [];
  const citations: Citation[] = [];
  for (const [index, { id, name }] of videos.entries()) {
    const response = await api.chat.ask(question, { videoId: id }, { signal });
    parts.push(`**${name}**\n\n${response.answer}`);
    for (const citation of response.citations ?? []) citations.push({ ...citation, video_id: id });
    yield { text: parts.join('\n\n'), citations, isDone: index === videos.length - 1 };
  }
}
