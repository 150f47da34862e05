import { describe, expect, test } from 'vitest';
import { APIError, errorFromResponse, parseRetryAfter, RateLimitError, VideoSDKError } from './errors.ts';

const none = new Headers();

describe('errorFromResponse', () => {
  test.each([
    [400, 'BadRequestError'],
    [401, 'AuthenticationError'],
    [403, 'PermissionDeniedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [413, 'PayloadTooLargeError'],
    [422, 'UnprocessableEntityError'],
    [429, 'RateLimitError'],
    [500, 'InternalServerError'],
    [502, 'BadGatewayError'],
    [503, 'ServiceUnavailableError'],
    [418, 'APIError'],
  ])('%d is a %s', (status, name) => {
    const error = errorFromResponse(status, { message: 'Because.' }, none);
    expect(error).toMatchObject({
      name,
      statusCode: status,
      message: 'Because.',
      responseBody: { message: 'Because.' },
    });
    expect(error).toBeInstanceOf(APIError);
    expect(error).toBeInstanceOf(VideoSDKError);
  });

  test('reads FastAPI bodies: a detail, or a list of what is not valid', () => {
    expect(errorFromResponse(404, { detail: 'Gone.' }, none).message).toBe('Gone.');
    const detail = [{ loc: ['body', 'query'], msg: 'is too long', type: 'too_big' }, { msg: 'is odd' }];
    expect(errorFromResponse(422, { detail }, none).message).toBe('query: is too long; is odd');
  });

  test('does not repeat the name of a field that the sentence starts with', () => {
    const detail = [
      { loc: ['body', 'top_k'], msg: 'top_k must be between 1 and 500.', type: 'too_big' },
      { loc: ['query', 'limit'], msg: 'limit must be a number.', type: 'invalid_type' },
    ];
    expect(errorFromResponse(422, { detail }, none).message).toBe(
      'top_k must be between 1 and 500. limit must be a number.',
    );
  });

  test('has a sentence of its own for a body that says nothing', () => {
    expect(errorFromResponse(502, '<html>', none).message).toBe('The platform could not be reached behind its proxy.');
    expect(errorFromResponse(418, null, none).message).toBe('The platform answered with status 418.');
  });

  test('a rate limit knows how long to wait', () => {
    const error = errorFromResponse(429, null, new Headers({ 'retry-after': '7' }));
    expect(error instanceof RateLimitError && error.retryAfter).toBe(7);
  });
});

test('Retry-After may be a number or a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(parseRetryAfter('1.5')).toBe(1.5);
  expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30);
  expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  expect([parseRetryAfter(null), parseRetryAfter(' '), parseRetryAfter('later')]).toEqual([null, null, null]);
});
