import { AbortedError, sentenceOf } from '#api/errors.ts';
import { api } from '#queries/client.ts';
import { historyOf, useConversations } from '#stores/conversations.ts';

const running = new Map<string, AbortController>();

/** Hands over tokens once a frame, however fast they come, so that a quick model never makes the player stutter. */
function perFrame(write: (text: string) => void): { push(text: string): void; flush(): void } {
  let waiting = '';
  let frame = 0;
  const flush = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (waiting) write(waiting);
    waiting = '';
  };
  return {
    push(text) {
      waiting += text;
      if (frame === 0) frame = requestAnimationFrame(flush);
    },
    flush,
  };
}

/** Asks a video and writes the answer into its conversation as it comes. What has arrived stays, whatever happens. */
export async function ask(videoId: string, question: string): Promise<void> {
  const { begin, update, byVideo } = useConversations.getState();
  const history = historyOf(byVideo[videoId] ?? []);
  stopAsking(videoId);
  const stop = new AbortController();
  running.set(videoId, stop);
  const turn = begin(videoId, question);
  const tokens = perFrame((text) => update(videoId, turn, ({ answer }) => ({ answer: answer + text })));
  try {
    for await (const event of api.chat.askStream(question, { videoId, history }, { signal: stop.signal })) {
      if (event.type === 'token') tokens.push(event.content);
      else if (event.type === 'error') {
        tokens.flush();
        update(videoId, turn, () => ({ state: 'failed', error: `${event.detail} The credit was returned.` }));
      } else {
        tokens.flush();
        const answeredBy = typeof event.answered_by === 'string' ? event.answered_by : null;
        const { answer, citations } = event;
        update(videoId, turn, () => ({ state: 'done', answer, citations: citations ?? [], answeredBy }));
      }
    }
  } catch (error) {
    tokens.flush();
    const stopped = error instanceof AbortedError;
    update(videoId, turn, () => (stopped ? { state: 'stopped' } : { state: 'failed', error: sentenceOf(error) }));
  } finally {
    if (running.get(videoId) === stop) running.delete(videoId);
  }
}

/** Stops the answer that is on its way, if there is one. */
export function stopAsking(videoId: string): void {
  running.get(videoId)?.abort();
}
