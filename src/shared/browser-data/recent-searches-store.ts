import { z } from 'zod/mini';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const MAX_QUERIES = 12;
const storedSchema = z.object({ queries: z.array(z.string()) });

interface RecentSearchesState {
  /** Newest first, each once. */
  readonly queries: readonly string[];
  add(query: string): void;
  remove(query: string): void;
  clear(): void;
}

/** Recent searches, stored in this browser. */
export const useRecentSearches = create<RecentSearchesState>()(
  persist(
    (set) => ({
      queries: [],
      add: (query) =>
        set(({ queries }) => ({
          queries: [query, ...queries.filter((known) => known !== query)].slice(0, MAX_QUERIES),
        })),
      remove: (query) => set(({ queries }) => ({ queries: queries.filter((known) => known !== query) })),
      clear: () => set({ queries: [] }),
    }),
    {
      name: 'studio-recent-searches',
      merge: (kept, current) => {
        const known = storedSchema.safeParse(kept);
        return known.success ? { ...current, queries: known.data.queries.slice(0, MAX_QUERIES) } : current;
      },
    },
  ),
);

/**
 * State of a history entry whose search was started by a person in this page load. History entries outlive reloads and
 * restored tabs: a search in one of those must not run, and charge, again by itself. `scope` is what was searched, where
 * that is known: should a video of it be deleted, the search does not run again for the rest.
 */
export const askedState = (scope?: object) => ({ asked: performance.timeOrigin, scope });

export const wasAsked = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'asked' in state && state.asked === performance.timeOrigin;

/** The scope of a search that was started in this page load; undefined where it is not known. */
export const getAskedScope = <Scope extends object>(state: unknown): Scope | undefined =>
  // Of this page load, so it is what `askedState` was given.
  wasAsked(state) ? (state as { scope?: Scope }).scope : undefined;
