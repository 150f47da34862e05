import { APIError } from './errors.ts';

/** What is known about the credit of a paid request that failed. */
export type ChargeState = 'none' | 'returned' | 'unknown';

/** Statuses of a proxy that lost the platform on the way: the platform may have done the work all the same. */
const PROXY_STATUSES: readonly number[] = [502, 504];

/**
 * What an error tells about the credit of its request. The platform refuses (4xx) before it charges, and returns the credit
 * when it fails (5xx). After a lost connection, a timeout, an abort or an unreadable answer, nobody on this side knows.
 */
export function getChargeState(error: unknown): ChargeState {
  if (!(error instanceof APIError) || PROXY_STATUSES.includes(error.statusCode)) return 'unknown';
  return error.statusCode >= 500 ? 'returned' : 'none';
}

const SENTENCES: Readonly<Record<ChargeState, string>> = {
  none: 'Nothing was charged.',
  returned: 'The credit was returned.',
  unknown: 'It is not known whether a credit was charged.',
};

/**
 * The sentence to show after a paid request that failed. `charged` is how many credits of the kind were charged since the
 * request started, where the platform tells; null where it does not.
 */
export function getChargeSentence(state: ChargeState, charged: number | null = null): string {
  if (state !== 'unknown' || charged === null) return SENTENCES[state];
  if (charged <= 0) return 'No credit was charged.';
  return charged === 1
    ? '1 credit was charged.'
    : `${SENTENCES.unknown} ${charged} credits were charged since it was sent.`;
}
