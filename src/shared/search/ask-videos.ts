import type { Citation } from '#api/contracts/chat.ts';
import { toScopeBody } from '#api/resources/search.ts';
import { api, sendLocal } from '#shared/platform/client.ts';
import { resolveScope, type SearchScope } from './scope.ts';

/** An answer as far as it has come. */
export interface AnswerSoFar {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly isDone: boolean;
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
    if (event.type === 'error') throw new Error(event.detail);
    if (event.type === 'done') {
      yield { text: event.answer, citations: event.citations ?? [], isDone: true };
      return;
    }
    text += event.content;
    yield { text, citations: [], isDone: false };
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
