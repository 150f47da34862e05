import { expect, test } from 'vitest';
import { ErrorRecovery, type PlaybackError } from './error-recovery.ts';

const network: PlaybackError = { kind: 'network', isManifestError: false, httpStatus: 0 };
const media: PlaybackError = { kind: 'media', isManifestError: false, httpStatus: null };

test('retries network errors with growing delays, then gives up', () => {
  const recovery = new ErrorRecovery();
  const actions = Array.from({ length: 11 }, () => recovery.next(network, 0));
  const waits = actions.flatMap((action) => ('delayMs' in action ? [action.delayMs] : []));
  expect(waits).toHaveLength(10);
  expect(waits.slice(0, 5)).toEqual([400, 800, 1600, 3200, 4000]);
  expect(actions[10]?.type).toBe('give-up');
});

test('starts over once the stream plays again', () => {
  const recovery = new ErrorRecovery();
  for (let time = 0; time < 5; time += 1) recovery.next(network, time);
  recovery.reset();
  expect(recovery.next(network, 9)).toEqual({ type: 'resume-loading', delayMs: 400 });
});

test('loads the manifest again when it was never loaded', () => {
  expect(new ErrorRecovery().next({ ...network, isManifestError: true, httpStatus: 500 }, 0).type).toBe(
    'reload-manifest',
  );
});

test.each([404, 410, 401, 403])('does not retry after status %d', (httpStatus) => {
  expect(new ErrorRecovery().next({ ...network, isManifestError: true, httpStatus }, 0).type).toBe('give-up');
});

test('escalates media errors in a row and starts over for single ones', () => {
  const recovery = new ErrorRecovery();
  const types = [0, 100, 200, 300].map((now) => recovery.next(media, now).type);
  expect(types).toEqual(['recover-media', 'swap-audio-codec', 'reopen', 'give-up']);
  expect(recovery.next(media, 60_000).type).toBe('recover-media');
});
