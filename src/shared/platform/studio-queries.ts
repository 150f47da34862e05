import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { api, fetchLocal, sendLocal } from './client.ts';
import { keys } from './query-keys.ts';

const studioConfigSchema = z.object({
  platform: z.enum(['embedded', 'remote']),
  platform_url: z.nullable(z.string()),
  version: z.string(),
  /** Whether the studio asks for a password, and whether this browser has given it. */
  sign_in: z.enum(['off', 'in', 'out']),
});
export type StudioConfig = z.infer<typeof studioConfigSchema>;

/** What the gateway says of itself: which platform is behind it. Changes only by signing in or out. */
export const studioQuery = queryOptions({
  queryKey: keys.studio,
  queryFn: async ({ signal }) => {
    const response = await fetchLocal('/studio/config', { signal });
    return studioConfigSchema.parse(await response.json());
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const creditsSchema = z.object({ used: z.number(), by_kind: z.record(z.string(), z.number()) });

/** Credits that this key has used, ever or since a time. The embedded platform alone says so. */
export const creditsQuery = (since: Date | null) =>
  queryOptions({
    queryKey: keys.credits(since?.toISOString() ?? 'ever'),
    queryFn: async ({ signal }) => {
      const query = since ? `?since=${encodeURIComponent(since.toISOString())}` : '';
      return creditsSchema.parse(await (await fetchLocal(`/local/credits${query}`, { signal })).json());
    },
    staleTime: 0,
  });

const diskSchema = z.object({
  footage: z.number(),
  trash: z.optional(z.number()),
  uploads: z.number(),
  rest: z.number(),
  /** Null where there is no end to it: in a bucket. */
  free: z.nullable(z.number()),
});

/** Bytes on the embedded platform's disk: of videos, of uploads under way, of all else, and free. */
export const diskQuery = queryOptions({
  queryKey: keys.disk,
  queryFn: async ({ signal }) => diskSchema.parse(await (await fetchLocal('/local/disk', { signal })).json()),
});

/** Whether the platform answers, and in how many milliseconds. */
export const answerTimeQuery = queryOptions({
  queryKey: keys.answerTime,
  queryFn: async ({ signal }) => {
    const began = performance.now();
    await api.videos.list({ limit: 1 }, { signal });
    return performance.now() - began;
  },
  staleTime: 0,
  retry: false,
});

/** Fetches everything again but what was paid for, which would be charged again. */
export const refreshFreeQueries = (client: QueryClient) =>
  client.invalidateQueries({ predicate: ({ meta }) => meta?.isPaid !== true });

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => sendLocal('/studio/sign-in', 'POST', { password }),
    onSuccess: () => refreshFreeQueries(client),
  });
}

/** Ends the session. What this browser stores of it is the caller's to clear. */
export const useSignOut = () => useMutation({ mutationFn: () => fetchLocal('/studio/sign-out', { method: 'POST' }) });
