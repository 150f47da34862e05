import { afterEach, expect, test, vi } from 'vitest';
import { errorFromResponse, NetworkError, ResponseFormatError, TimeoutError, type VideoSDKError } from './errors.ts';
import { canSendAgain, delay, type RetryWait, retry } from './retry.ts';

afterEach(() => {
  vi.useRealTimers();
});

const answer = (status: number, retryAfter?: string) =>
  errorFromResponse(status, null, new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }));
const refused = new NetworkError('refused', {
  cause: new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') }),
});
const cut = new NetworkError('cut', { cause: new TypeError('terminated', { cause: withCode('UND_ERR_SOCKET') }) });

function withCode(code: string) {
  return Object.assign(new Error(code), { code });
}

test.each<[VideoSDKError, isIdempotent: boolean, expected: boolean]>([
  [answer(429), false, true],
  [answer(503, '1'), false, true],
  [refused, false, true],
  [answer(503), false, false],
  [answer(500), false, false],
  [cut, false, false],
  [new TimeoutError('late'), false, false],
  [answer(503), true, true],
  [answer(500), true, true],
  [cut, true, true],
  [new TimeoutError('late'), true, true],
  [answer(404), true, false],
  [answer(422), true, false],
])('%s is sent again, idempotent %s: %s', (error, isIdempotent, expected) => {
  expect(canSendAgain(error, isIdempotent)).toBe(expected);
});

/** Fails with each of the errors in turn, then succeeds; counts the attempts. */
function failing(...errors: VideoSDKError[]) {
  const state = { attempts: 0 };
  const work = async () => {
    state.attempts += 1;
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
  return { work, state };
}

/** Pauses that end at once, and how long they were to be. */
function noWait() {
  const waits: number[] = [];
  return { waits, wait: async (ms: number) => void waits.push(ms) };
}

test('a pause is the one that the platform asks for, on 429 and on 503', async () => {
  const { waits, wait } = noWait();
  const { work } = failing(answer(429, '3'), answer(503, '4'));
  await retry(work, { retries: 2, canRetry: () => true, wait });
  expect(waits).toEqual([3_000, 4_000]);
});

test('attempts end after so many retries, with the last error', async () => {
  const { wait } = noWait();
  const { work, state } = failing(answer(500), answer(502), answer(503));
  await expect(retry(work, { retries: 2, canRetry: () => true, wait })).rejects.toMatchObject({ statusCode: 503 });
  expect(state.attempts).toBe(3);
});

test('nobody waits for an hour, except who is patient', async () => {
  const { waits, wait } = noWait();
  const hour = () => failing(answer(429, '3600')).work;
  await expect(retry(hour(), { retries: 2, canRetry: () => true, wait })).rejects.toMatchObject({ statusCode: 429 });
  expect(await retry(hour(), { retries: 0, canRetry: () => true, wait, isPatient: true })).toBe('done');
  expect(waits).toEqual([3_600_000]);
});

test('a pause of more days than a timer counts does not end at once', async () => {
  vi.useFakeTimers();
  const ended = vi.fn();
  void delay(30 * 24 * 3_600_000).then(ended);
  await vi.advanceTimersByTimeAsync(24 * 24 * 3_600_000);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(ended).toHaveBeenCalledOnce();
});

test('every pause is reported, with its reason', async () => {
  const { wait } = noWait();
  const waits: RetryWait[] = [];
  await retry(failing(cut).work, { retries: 1, canRetry: () => true, wait, onWait: (each) => waits.push(each) });
  expect(waits).toMatchObject([{ error: cut, waitMs: expect.any(Number) }]);
});

test('what cannot be retried is thrown at once', async () => {
  const { work, state } = failing(new ResponseFormatError('odd'));
  await expect(retry(work, { retries: 5, canRetry: () => false })).rejects.toBeInstanceOf(ResponseFormatError);
  expect(state.attempts).toBe(1);
});
