import { type AskEvent, askDoneSchema, askTokenSchema } from '../contracts/chat.ts';
import { getBodyMessage } from '../errors.ts';
import type { ServerSentEvent } from '../sse.ts';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const KINDS: ReadonlySet<unknown> = new Set(['token', 'done', 'error']);

/** The kind of an event: its name, or the `type` in the data of one without a name of ours. */
function getKind(name: string | undefined, data: unknown): unknown {
  if (KINDS.has(name)) return name;
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
}

/**
 * An event of a streaming answer; null for one of another kind, or a token without text. `answer` is the text of the tokens so
 * far, for a done event that does not repeat it.
 */
export function toAskEvent(message: ServerSentEvent, answer: string): AskEvent | null {
  const data = parseJson(message.data);
  switch (getKind(message.event, data)) {
    case 'token': {
      const token = askTokenSchema.safeParse(data);
      return token.success ? { ...token.data, type: 'token' } : null;
    }
    case 'done': {
      const { data: done } = askDoneSchema.safeParse(data);
      return { ...done, answer: done?.answer ?? answer, type: 'done' };
    }
    case 'error': {
      const detail = getBodyMessage(data) || (typeof data === 'string' && data) || 'The answer failed.';
      return { ...(typeof data === 'object' ? data : {}), detail, type: 'error' };
    }
    default:
      return null;
  }
}
