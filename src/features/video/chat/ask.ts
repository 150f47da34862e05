import { type ChargeState, getChargeState } from '#api/charge.ts';
import { AbortedError, getErrorMessage } from '#api/errors.ts';
import { toHistory, useConversations } from '#shared/browser-data/conversations-store.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { api } from '#shared/platform/client.ts';
import { describeCharge } from '#shared/platform/paid-request.ts';

const running = new Map<string, AbortController>();

/** Tokens that arrive within this time are shown together: a quick model must not make the player stutter. */
const GATHER_MS = 50;

/** Writes the first words at once, and then at most twenty times a second. A timer, since frames stop in hidden tabs. */
function gather(write: (text: string) => void): { push(text: string): void; flush(): void } {
  let waiting = '';
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    last = performance.now();
    if (waiting) write(waiting);
    waiting = '';
  };
  return {
    push(text) {
      waiting += text;
      timer ??= setTimeout(flush, Math.max(0, GATHER_MS - (performance.now() - last)));
    },
    flush,
  };
}

/**
 * Asks a video and writes the answer into a conversation (null: a new one) as it comes. What has arrived stays, whatever
 * happens. The history goes along, since the platform keeps none.
 */
export async function ask(videoId: string, conversationId: string | null, question: string): Promise<void> {
  const { begin, update, byId } = useConversations.getState();
  const history = toHistory((conversationId === null ? undefined : byId.get(conversationId))?.turns ?? []);
  const turn = begin(videoId, conversationId, question);
  stopAsking(turn.conversationId);
  const stop = new AbortController();
  running.set(turn.conversationId, stop);
  const change = (changed: Parameters<typeof update>[2]) => update(turn.conversationId, turn.turnId, changed);
  const tokens = gather((text) => change(({ answer }) => ({ answer: answer + text })));
  const topK = usePreferences.getState().chatTopK ?? undefined;
  const since = Date.now();
  const fail = async (message: string, state: ChargeState) => {
    const charge = await describeCharge(state, 'chat', since);
    change(() => ({ state: 'failed', error: `${message} ${charge}` }));
  };
  try {
    for await (const event of api.chat.askStream(question, { videoId, history, topK }, { signal: stop.signal })) {
      if (event.type === 'token') {
        tokens.push(event.content);
        continue;
      }
      tokens.flush();
      if (event.type === 'error') {
        await fail(event.detail, event.isConnectionLost ? 'unknown' : 'returned');
      } else {
        const answeredBy = typeof event.answered_by === 'string' ? event.answered_by : null;
        const { answer, citations } = event;
        change(() => ({ state: 'done', answer, citations: citations ?? [], answeredBy }));
      }
    }
  } catch (error) {
    tokens.flush();
    if (error instanceof AbortedError) change(() => ({ state: 'stopped' }));
    else await fail(getErrorMessage(error), getChargeState(error));
  } finally {
    if (running.get(turn.conversationId) === stop) running.delete(turn.conversationId);
  }
}

/** Asks a question of a conversation anew, perhaps in other words: it and all that followed it make way. */
export function askAgain(videoId: string, conversationId: string, turnId: string, question: string): Promise<void> {
  stopAsking(conversationId);
  useConversations.getState().cutFrom(conversationId, turnId);
  return ask(videoId, conversationId, question);
}

/** Stops the answer that is on its way, if there is one. */
export function stopAsking(conversationId: string): void {
  running.get(conversationId)?.abort();
}
