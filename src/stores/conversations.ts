import { del, get, set } from 'idb-keyval';
import { z } from 'zod';
import { create } from 'zustand';
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { type ChatMessage, citationSchema } from '#api/schemas/chat.ts';

const turnSchema = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  state: z.enum(['streaming', 'done', 'stopped', 'failed']),
  error: z.string().nullable(),
  citations: z.array(citationSchema),
  /** `extractive` when no language model spoke; null where the platform does not say. */
  answeredBy: z.string().nullable(),
});
export type Turn = Readonly<z.infer<typeof turnSchema>>;

const storedSchema = z.object({ byVideo: z.record(z.string(), z.array(turnSchema)) });

interface ConversationsState {
  readonly byVideo: Readonly<Record<string, readonly Turn[]>>;
  begin(videoId: string, question: string): string;
  update(videoId: string, turnId: string, change: (turn: Turn) => Partial<Turn>): void;
  remove(videoId: string, turnId: string): void;
  clear(videoId: string): void;
}

const indexedDb: StateStorage = {
  getItem: async (name) => (await get<string>(name)) ?? null,
  setItem: (name, value) => set(name, value),
  removeItem: (name) => del(name),
};

/** Conversations with videos, kept in this browser. The server is stateless: history lives here. */
export const useConversations = create<ConversationsState>()(
  persist(
    (setState) => ({
      byVideo: {},
      begin: (videoId, question) => {
        const id = crypto.randomUUID();
        const turn: Turn = {
          id,
          question,
          answer: '',
          state: 'streaming',
          error: null,
          citations: [],
          answeredBy: null,
        };
        setState(({ byVideo }) => ({ byVideo: { ...byVideo, [videoId]: [...(byVideo[videoId] ?? []), turn] } }));
        return id;
      },
      update: (videoId, turnId, change) =>
        setState(({ byVideo }) => ({
          byVideo: {
            ...byVideo,
            [videoId]: (byVideo[videoId] ?? []).map((turn) =>
              turn.id === turnId ? { ...turn, ...change(turn) } : turn,
            ),
          },
        })),
      remove: (videoId, turnId) =>
        setState(({ byVideo }) => ({
          byVideo: { ...byVideo, [videoId]: (byVideo[videoId] ?? []).filter(({ id }) => id !== turnId) },
        })),
      clear: (videoId) => setState(({ byVideo }) => ({ byVideo: { ...byVideo, [videoId]: [] } })),
    }),
    {
      name: 'studio-conversations',
      storage: createJSONStorage(() => indexedDb),
      partialize: ({ byVideo }) => ({ byVideo }),
      // An answer that was on its way when the page went is not on its way any more.
      merge: (persisted, current) => ({ ...current, byVideo: settled(persisted) }),
    },
  ),
);

/** What the browser kept, with nothing still on its way; nothing when it cannot be read, say from another version. */
function settled(persisted: unknown): ConversationsState['byVideo'] {
  const stored = storedSchema.safeParse(persisted);
  if (!stored.success) return {};
  const entries = Object.entries(stored.data.byVideo).map(([videoId, turns]) => [
    videoId,
    turns.map((turn) => (turn.state === 'streaming' ? { ...turn, state: 'stopped' as const } : turn)),
  ]);
  return Object.fromEntries(entries);
}

/** The finished turns as the API wants them: only answers that came through whole. */
export function historyOf(turns: readonly Turn[]): ChatMessage[] {
  return turns
    .filter(({ state }) => state === 'done')
    .flatMap(({ question, answer }): ChatMessage[] => [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ]);
}
