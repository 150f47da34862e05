import { QueryClient } from '@tanstack/react-query';
import { createClient } from '#api/client.ts';
import { APIError } from '#api/errors.ts';

/** The API as the browser has it: same origin, no key. It retries by itself, so the queries above it do not. */
export const api = createClient();

/** True for answers that asking again will not change. */
const isFinal = (error: unknown) => error instanceof APIError && error.statusCode < 500;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: (failures, error) => failures < 1 && !isFinal(error), staleTime: 5_000 },
    mutations: { retry: false },
  },
});
