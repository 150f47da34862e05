import { expect, test } from 'vitest';
import { explain } from './integration-error.ts';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });
const told = (error: unknown) => explain(error, 'Qdrant at http://db', 'the-key');

test('what the clients throw becomes one of a few failures, whatever its shape', () => {
  expect(told(new TypeError('fetch failed', { cause: withCode('connect', 'ECONNREFUSED') })).code).toBe('unreachable');
  expect(told(new AggregateError([withCode('connect', 'ETIMEDOUT')])).code).toBe('unreachable');
  expect(told(new Error('Unexpected Response: 503 Service Unavailable')).code).toBe('unreachable');
  expect(told(new Error('Unexpected Response: 401 Unauthorized')).code).toBe('unauthorized');
  expect(told(withCode('password authentication failed for user "me"', '28P01')).code).toBe('unauthorized');
  expect(told(withCode('permission denied for table x', '42501'))).toMatchObject({
    code: 'refused',
    message: 'Qdrant at http://db refused: permission denied for table x',
  });
});

test('the key is not repeated, and a long story is cut', () => {
  const { message } = told(withCode(`header the-key is wrong\n${'x'.repeat(1000)}`, '22000'));
  expect(message).toMatch(/^Qdrant at http:\/\/db refused: header … is wrong x+$/);
  expect(message.length).toBeLessThan(400);
});

test('what another service answers is not shown, only its status', () => {
  const error = new Error('Unexpected Response: 404 Not Found {"AccessKeyId": "internal"}');
  expect(told(error).message).toBe('Qdrant at http://db refused the request (status 404).');
  expect(told(new Error('<html>internal wiki</html>')).message).not.toContain('wiki');
});
