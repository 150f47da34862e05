import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { createClient } from '#api/client.ts';
import { AuthenticationError } from '#api/errors.ts';
import { keys } from './query-keys.ts';

/** The API as the browser has it: same origin, no key. */
export const api = createClient();

/** Requests of this client outlive the page: they are sent even when the tab is closed right after. */
export const keepaliveApi = createClient({ fetch: (input, init) => fetch(input, { ...init, keepalive: true }) });

/** The session has ended, or the password was changed: what the studio says of itself then shows the way in. */
function noticeSignOut(error: unknown): void {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (!(cause instanceof AuthenticationError) || !signedOutSchema.safeParse(cause.responseBody).success) return;
  void queryClient.invalidateQueries({ queryKey: keys.studio });
}
const signedOutSchema = z.object({ code: z.literal('signed_out') });

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    // The API client and `fetchLocal` retry by themselves: two layers would multiply.
    queries: { retry: false, staleTime: 5_000 },
    mutations: { retry: false },
  },
});
