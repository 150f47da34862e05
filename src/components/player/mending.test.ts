import { expect, test } from 'vitest';
import { type Breakage, Mending } from './mending.ts';

const network: Breakage = { kind: 'network', manifest: false, httpStatus: 0 };
const media: Breakage = { kind: 'media', manifest: false, httpStatus: null };

test('network errors are tried again, more and more slowly, and given up in the end', () => {
  const mending = new Mending();
  const remedies = Array.from({ length: 11 }, () => mending.remedy(network, 0));
  const waits = remedies.flatMap((remedy) => ('afterMs' in remedy ? [remedy.afterMs] : []));
  expect(waits).toHaveLength(10);
  expect(waits.slice(0, 5)).toEqual([400, 800, 1600, 3200, 4000]);
  expect(remedies[10]?.act).toBe('give-up');
});

test('a stream that plays again starts from fresh patience', () => {
  const mending = new Mending();
  for (let time = 0; time < 5; time += 1) mending.remedy(network, time);
  mending.calm();
  expect(mending.remedy(network, 9)).toEqual({ act: 'go-on', afterMs: 400 });
});

test('without a manifest there is nothing to go on with', () => {
  expect(new Mending().remedy({ ...network, manifest: true, httpStatus: 500 }, 0).act).toBe('load-again');
});

test.each([404, 410, 401, 403])('an answer of %d is final', (httpStatus) => {
  expect(new Mending().remedy({ ...network, manifest: true, httpStatus }, 0).act).toBe('give-up');
});

test('media errors in a row are met with more and more; single ones far apart always with the first', () => {
  const mending = new Mending();
  const acts = [0, 100, 200, 300].map((now) => mending.remedy(media, now).act);
  expect(acts).toEqual(['recover-media', 'swap-audio', 'open-again', 'give-up']);
  expect(mending.remedy(media, 60_000).act).toBe('recover-media');
});
