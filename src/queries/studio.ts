import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchLocal } from './fetch-local.ts';
import { keys } from './keys.ts';

const studioConfigSchema = z.object({
  platform: z.enum(['embedded', 'remote']),
  platform_url: z.string().nullable(),
  version: z.string(),
  /** Whether the studio asks for a password, and whether this browser has given it. */
  sign_in: z.enum(['off', 'in', 'out']),
});

/** What the gateway says of itself: which platform is behind it. Changes only by signing in or out. */
export const studioQuery = queryOptions({
  queryKey: keys.studio,
  queryFn: async ({ signal }) => {
    const response = await fetch('/studio/config', { signal });
    return studioConfigSchema.parse(await response.json());
  },
  staleTime: Number.POSITIVE_INFINITY,
});

const post = (path: string, body: unknown) =>
  fetchLocal(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => post('/studio/sign-in', { password }),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Ends the session; what was loaded with it is forgotten. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => post('/studio/sign-out', {}), onSuccess: () => client.resetQueries() });
}
