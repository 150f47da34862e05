import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorFromResponse, NetworkError } from '#api/errors.ts';
import { queryClient } from './client.ts';
import { describeCharge, PaidRequestError, sendPaid } from './paid-request.ts';
import { studioQuery } from './studio-queries.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

function behind(platform: 'embedded' | 'remote') {
  queryClient.setQueryData(studioQuery.queryKey, { platform, platform_url: null, version: '1', sign_in: 'off' });
}

/** Answers `/local/credits` by the number of searches since the time that is asked for. */
function withCredits(searches: (since: number) => number, serverTime = NOW) {
  const asked: number[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const since = Date.parse(new URL(path, 'http://studio').searchParams.get('since') ?? '');
    asked.push(since);
    const used = searches(since);
    return Response.json(
      { used, by_kind: { search: used } },
      { headers: { date: new Date(serverTime).toUTCString() } },
    );
  });
  return asked;
}

beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  queryClient.clear();
});

const lost = () => Promise.reject(new NetworkError('The platform could not be reached.'));

test('a hosted platform tells nobody whether a lost search was charged', async () => {
  behind('remote');
  await expect(sendPaid('search', lost)).rejects.toThrow(
    'The platform could not be reached. It is not known whether a credit was charged.',
  );
});

test.each([
  [0, 'No credit was charged.'],
  [1, '1 credit was charged.'],
])('the embedded platform is asked: %d', async (count, sentence) => {
  behind('embedded');
  withCredits(() => count);
  await expect(sendPaid('search', lost)).rejects.toThrow(`The platform could not be reached. ${sentence}`);
});

test('a failure of the platform returns the credit, a refusal charges nothing', async () => {
  const rejected = (status: number) => () =>
    Promise.reject(errorFromResponse(status, { message: 'No.' }, new Headers()));
  await expect(sendPaid('search', rejected(500))).rejects.toThrow('No. The credit was returned.');
  await expect(sendPaid('search', rejected(422))).rejects.toThrow('No. Nothing was charged.');
  await expect(sendPaid('search', rejected(422))).rejects.toBeInstanceOf(PaidRequestError);
});

test('a platform whose clock is behind is asked by its own clock', async () => {
  behind('embedded');
  const behindMs = 60_000;
  const asked = withCredits((since) => (since < NOW - behindMs ? 1 : 0), NOW - behindMs);
  expect(await describeCharge('unknown', 'search', NOW)).toBe('1 credit was charged.');
  expect(asked).toHaveLength(2);
});
