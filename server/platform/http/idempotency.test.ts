import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { getChargeKey, getCreatedId } from './idempotency.ts';

const request = (given: Partial<{ owner: string; url: string; body: unknown; key: string }>) =>
  ({
    owner: 'anna',
    url: '/search',
    body: { query: 'red' },
    ...given,
    headers: { 'idempotency-key': given.key ?? 'one' },
  }) as unknown as FastifyRequest;

test('the same request is charged once', () => {
  expect(getChargeKey(request({}))).toBe(getChargeKey(request({})));
});

test.each([
  ['key', { key: 'two' }],
  ['body', { body: { query: 'blue' } }],
  ['address', { url: '/embeddings/text' }],
])('a request with another %s is charged, too', (_what, other) => {
  expect(getChargeKey(request(other))).not.toBe(getChargeKey(request({})));
});

test('the same key of two owners names two things', () => {
  expect(getCreatedId(request({ owner: 'bob' }), 'video')).not.toBe(getCreatedId(request({}), 'video'));
});
