import { type ChargeState, getChargeSentence, getChargeState } from '#api/charge.ts';
import { getErrorMessage, VideoSDKError } from '#api/errors.ts';
import { fetchLocal, queryClient } from './client.ts';
import { keys } from './query-keys.ts';
import { creditsSchema, studioQuery } from './studio-queries.ts';

export type CreditKind = 'search' | 'chat' | 'embeddings';

/** Options of queries that cost a credit each time they run: they run when a person asks, never by themselves. */
export const paidQueryOptions = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  retryOnMount: false,
  refetchOnMount: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  meta: { isPaid: true },
} as const;

/** A paid request that failed. Its message says what failed and what is known about the credit. */
export class PaidRequestError extends VideoSDKError {
  override name = 'PaidRequestError';
}

/** Clocks that differ by less are taken for the same: the `Date` header counts in seconds. */
const MAX_CLOCK_SKEW_MS = 2_000;

/** Credits of a kind that were charged since a time (ms since 1970, this browser's clock). Embedded platform only. */
async function fetchCharged(kind: CreditKind, since: number): Promise<number> {
  const request = async (from: number) => {
    const response = await fetchLocal(`/local/credits?since=${encodeURIComponent(new Date(from).toISOString())}`);
    const { by_kind } = creditsSchema.parse(await response.json());
    const serverTime = Date.parse(response.headers.get('date') ?? '');
    return { charged: by_kind[kind] ?? 0, skewMs: Number.isNaN(serverTime) ? 0 : serverTime - Date.now() };
  };
  const { charged, skewMs } = await request(since);
  if (Math.abs(skewMs) < MAX_CLOCK_SKEW_MS) return charged;
  return (await request(since + skewMs - MAX_CLOCK_SKEW_MS)).charged;
}

/**
 * The sentence about the credit of a failed request that was sent at `since` (ms since 1970). Where nobody knows, the
 * embedded platform is asked.
 */
export async function describeCharge(state: ChargeState, kind: CreditKind, since: number): Promise<string> {
  if (state !== 'unknown') return getChargeSentence(state);
  const { platform } = await queryClient.ensureQueryData(studioQuery).catch(() => ({ platform: 'remote' }));
  if (platform !== 'embedded') return getChargeSentence(state);
  void queryClient.invalidateQueries({ queryKey: keys.allCredits });
  return getChargeSentence(state, await fetchCharged(kind, since).catch(() => null));
}

/** Sends a paid request. When it fails, throws a `PaidRequestError` that says what is known about the credit. */
export async function sendPaid<T>(kind: CreditKind, send: () => Promise<T>): Promise<T> {
  const since = Date.now();
  try {
    return await send();
  } catch (error) {
    const charge = await describeCharge(getChargeState(error), kind, since);
    throw new PaidRequestError(`${getErrorMessage(error)} ${charge}`, { cause: error });
  }
}
