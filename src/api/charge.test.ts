import { expect, test } from 'vitest';
import { getChargeSentence, getChargeState } from './charge.ts';
import { AbortedError, errorFromResponse, NetworkError, ResponseFormatError, TimeoutError } from './errors.ts';

const answer = (status: number) => errorFromResponse(status, null, new Headers());

test.each([400, 402, 404, 409, 422, 429])('nothing is charged for a request refused with %d', (status) => {
  expect(getChargeState(answer(status))).toBe('none');
});

test.each([500, 503])('the credit is returned when the platform fails with %d', (status) => {
  expect(getChargeState(answer(status))).toBe('returned');
});

test.each([
  new NetworkError('gone'),
  new TimeoutError('late'),
  new AbortedError('stopped'),
  new ResponseFormatError('odd'),
  answer(502),
  answer(504),
  new Error('other'),
])('nobody knows after %o', (error) => {
  expect(getChargeState(error)).toBe('unknown');
});

test('says what the platform counted, where it counts', () => {
  expect(getChargeSentence('unknown')).toBe('It is not known whether a credit was charged.');
  expect(getChargeSentence('unknown', 0)).toBe('No credit was charged.');
  expect(getChargeSentence('unknown', 1)).toBe('1 credit was charged.');
  expect(getChargeSentence('returned', 1)).toBe('The credit was returned.');
});
