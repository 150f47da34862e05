import { z } from 'zod/mini';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const MOST = 12;
const keptSchema = z.object({ queries: z.array(z.string()) });

interface RecentSearchesState {
  /** Newest first, each once. */
  readonly queries: readonly string[];
  add(query: string): void;
  remove(query: string): void;
  clear(): void;
}

/** What was searched for lately, kept in this browser. */
export const useRecentSearches = create<RecentSearchesState>()(
  persist(
    (set) => ({
      queries: [],
      add: (query) =>
        set(({ queries }) => ({ queries: [query, ...queries.filter((known) => known !== query)].slice(0, MOST) })),
      remove: (query) => set(({ queries }) => ({ queries: queries.filter((known) => known !== query) })),
      clear: () => set({ queries: [] }),
    }),
    {
      name: 'studio-recent-searches',
      merge: (kept, current) => {
        const known = keptSchema.safeParse(kept);
        return known.success ? { ...current, queries: known.data.queries.slice(0, MOST) } : current;
      },
    },
  ),
);
