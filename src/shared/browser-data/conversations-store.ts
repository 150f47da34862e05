import { z } from 'zod/mini';
import { create } from 'zustand';
import { type ChatMessage, citationSchema } from '#api/contracts/chat.ts';
import { createId } from '#lib/create-id.ts';
import { IndexedDbCollection } from './indexed-db-collection.ts';

const turnSchema = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  state: z.enum(['streaming', 'done', 'stopped', 'failed']),
  error: z.nullable(z.string()),
  citations: z.array(citationSchema),
  /** `extractive` when no language model spoke; null where the platform does not say. */
  answeredBy: z.nullable(z.string()),
});
export type Turn = Readonly<z.infer<typeof turnSchema>>;

const conversationSchema = z.object({
  id: z.string(),
  videoId: z.string(),
  title: z.string(),
  /** Milliseconds since 1970. */
  changedAt: z.number(),
  turns: z.array(turnSchema),
});
type Conversation = Readonly<z.infer<typeof conversationSchema>>;

interface ConversationsState {
  readonly byId: ReadonlyMap<string, Conversation>;
  /** The conversation that a video's panel shows; a video without an entry shows its newest. */
  readonly shown: ReadonlyMap<string, string>;
  /** Shows a conversation; null starts a new one with the next question. */
  show(videoId: string, id: string | null): void;
  /** Adds a question to a conversation, or to a new one; returns where its answer goes. */
  begin(videoId: string, conversationId: string | null, question: string): { conversationId: string; turnId: string };
  update(conversationId: string, turnId: string, change: (turn: Turn) => Partial<Turn>): void;
  /** Takes a turn and all that follow it out, as when its question is asked anew. */
  cutFrom(conversationId: string, turnId: string): void;
  rename(id: string, title: string): void;
  remove(id: string): void;
  /** Puts a conversation that was removed back. */
  restore(conversation: Conversation): void;
}

const MAX_TITLE_LENGTH = 60;
/** An answer that streams changes twenty times a second. */
const BATCH_MS = 500;
const records = new IndexedDbCollection('studio-conversations', conversationSchema, BATCH_MS);

/** Conversations with videos, stored in this browser. The server is stateless: history lives here. */
export const useConversations = create<ConversationsState>()((set, get) => {
  const put = (conversation: Conversation) => {
    set(({ byId }) => ({ byId: new Map(byId).set(conversation.id, conversation) }));
    records.put(conversation);
  };
  const change = (id: string, change: (conversation: Conversation) => Partial<Conversation>) => {
    const conversation = get().byId.get(id);
    if (conversation) put({ ...conversation, ...change(conversation) });
  };
  return {
    byId: new Map(),
    shown: new Map(),
    show: (videoId, id) => set(({ shown }) => ({ shown: new Map(shown).set(videoId, id ?? '') })),
    begin: (videoId, conversationId, question) => {
      const turn: Turn = {
        id: createId(),
        question,
        answer: '',
        state: 'streaming',
        error: null,
        citations: [],
        answeredBy: null,
      };
      const known = conversationId === null ? undefined : get().byId.get(conversationId);
      const conversation = known ?? {
        id: createId(),
        videoId,
        title: question.slice(0, MAX_TITLE_LENGTH),
        turns: [],
      };
      put({ ...conversation, changedAt: Date.now(), turns: [...conversation.turns, turn] });
      get().show(videoId, conversation.id);
      return { conversationId: conversation.id, turnId: turn.id };
    },
    update: (conversationId, turnId, changeTurn) => {
      change(conversationId, ({ turns }) => ({
        turns: turns.map((turn) => (turn.id === turnId ? { ...turn, ...changeTurn(turn) } : turn)),
      }));
      const turn = get()
        .byId.get(conversationId)
        ?.turns.find(({ id }) => id === turnId);
      // An answer that has ended was paid for.
      if (turn?.state !== 'streaming') records.flush();
    },
    cutFrom: (conversationId, turnId) =>
      change(conversationId, ({ turns }) => {
        const at = turns.findIndex(({ id }) => id === turnId);
        return { turns: at < 0 ? turns : turns.slice(0, at) };
      }),
    rename: (id, title) => change(id, () => ({ title })),
    remove: (id) => {
      set(({ byId }) => ({ byId: new Map([...byId].filter(([known]) => known !== id)) }));
      records.remove(id);
    },
    // What was being answered when it was removed is not answered any more.
    restore: (conversation) => put(toSettled(conversation)),
  };
});

/** An answer that was on its way when its page went is not on its way any more. */
const toSettled = (conversation: Conversation): Conversation => ({
  ...conversation,
  turns: conversation.turns.map((turn) => (turn.state === 'streaming' ? { ...turn, state: 'stopped' } : turn)),
});

const loaded = records.load().then((kept) => {
  const entries = kept.map((conversation) => [conversation.id, toSettled(conversation)] as const);
  // What was asked while the browser was still reading is newer.
  useConversations.setState(({ byId }) => ({ byId: new Map([...entries, ...byId]) }));
});

/** Forgets what was said with some videos, also what the browser has yet to read. */
export async function forgetConversations(videoIds: readonly string[]): Promise<void> {
  await loaded;
  const { byId, remove } = useConversations.getState();
  for (const { id, videoId } of byId.values()) if (videoIds.includes(videoId)) remove(id);
}

export async function clearConversations(): Promise<void> {
  await loaded;
  useConversations.setState({ byId: new Map(), shown: new Map() });
  await records.clear();
}

records.subscribe((change) =>
  useConversations.setState(({ byId }) => {
    if (change.kind === 'clear') return { byId: new Map(), shown: new Map() };
    const next = new Map(byId);
    if (change.kind === 'put') next.set(change.record.id, change.record);
    else next.delete(change.id);
    return { byId: next };
  }),
);

/** A video's conversations, the newest first. */
export const getConversations = (byId: ConversationsState['byId'], videoId: string): Conversation[] =>
  [...byId.values()].filter((one) => one.videoId === videoId).sort((a, b) => b.changedAt - a.changedAt);

/** The conversation that a video's panel shows; null before the first question. */
export function getShownConversation({ byId, shown }: ConversationsState, videoId: string): Conversation | null {
  const chosen = shown.get(videoId);
  if (chosen !== undefined) return byId.get(chosen) ?? null;
  return getConversations(byId, videoId)[0] ?? null;
}

/** The finished turns as the API wants them: only answers that came through whole. */
export function toHistory(turns: readonly Turn[]): ChatMessage[] {
  return turns
    .filter(({ state }) => state === 'done')
    .flatMap(({ question, answer }): ChatMessage[] => [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ]);
}
