import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BadGatewayError, NetworkError, NotFoundError } from '#api/errors.ts';
import { ConnectionMonitor, isUnreachable, watchFailures } from './connection.ts';
import { PaidRequestError } from './paid-request.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const BAD_GATEWAY = new BadGatewayError('The platform cannot be reached right now.', 502, null);

function createMonitor(answers: readonly boolean[]) {
  const remaining = [...answers];
  const probe = vi.fn(async () => remaining.shift() ?? true);
  const refetch = vi.fn();
  return { monitor: new ConnectionMonitor({ probe, refetch }), probe, refetch };
}

test.each([
  [BAD_GATEWAY, true],
  [new NetworkError('No connection.'), true],
  [new TypeError('Failed to fetch'), true],
  [new PaidRequestError('It failed.', { cause: BAD_GATEWAY }), true],
  [new NotFoundError('It is gone.', 404, null), false],
  [new Error('A bug.'), false],
])('%s tells whether the platform may be away', (error, expected) => {
  expect(isUnreachable(error)).toBe(expected);
});

test('is lost until the platform answers, and what failed is fetched again then', async () => {
  const { monitor, probe, refetch } = createMonitor([false, false, true]);
  const states: boolean[] = [];
  monitor.subscribe(() => states.push(monitor.isLost));
  monitor.noteFailure(BAD_GATEWAY);
  monitor.noteFailure(BAD_GATEWAY);
  await vi.advanceTimersByTimeAsync(400);
  expect(states).toEqual([true]);
  expect(refetch).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(states).toEqual([true, false]);
  expect(refetch).toHaveBeenCalledTimes(1);
  expect(probe).toHaveBeenCalledTimes(3);
});

test('is not lost when single requests fail, which are not fetched again and again', async () => {
  const { monitor, refetch } = createMonitor([]);
  for (let failures = 0; failures < 5; failures += 1) {
    monitor.noteFailure(BAD_GATEWAY);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(monitor.isLost).toBe(false);
  expect(refetch).toHaveBeenCalledTimes(1);
});

test('hears of queries and mutations that fail', async () => {
  const { monitor, probe } = createMonitor([]);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const end = watchFailures(client, monitor);
  const queryFn = () => Promise.reject(BAD_GATEWAY);
  await client.fetchQuery({ queryKey: ['a'], queryFn }).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(probe).toHaveBeenCalledTimes(1);
  const mutation = client.getMutationCache().build(client, { mutationFn: queryFn });
  await mutation.execute(undefined).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(probe).toHaveBeenCalledTimes(2);
  end();
  await client.fetchQuery({ queryKey: ['a'], queryFn }).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(probe).toHaveBeenCalledTimes(2);
});
