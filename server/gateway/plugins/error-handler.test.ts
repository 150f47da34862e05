import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { handleErrors, sendError } from './error-handler.ts';

const withStatus = (statusCode: unknown) => Object.assign(new Error('Some details.'), { statusCode });

async function answer(error: unknown) {
  const app = Fastify();
  handleErrors(app);
  // As the routes of the vector databases have it.
  await app.register(async (scope) => {
    scope.setErrorHandler(sendError);
    scope.get('/', async () => {
      throw error;
    });
  });
  const { statusCode, body } = await app.inject('/');
  return { status: statusCode, message: JSON.parse(body).message };
}

test.each([0, Number.NaN, 200, 404.5, 1000, '404', undefined])(
  'an error with the status %s is an internal error, without its details',
  async (statusCode) => {
    expect(await answer(withStatus(statusCode))).toEqual({
      status: 500,
      message: expect.stringContaining('Internal error'),
    });
  },
);

test('an error of the request is answered with its own status and sentence', async () => {
  expect(await answer(withStatus(409))).toEqual({ status: 409, message: 'Some details.' });
});

test('what is thrown by the rate limiter, which is no Error, keeps its status', async () => {
  expect(await answer({ statusCode: 429, message: 'Too many.' })).toEqual({ status: 429, message: 'Too many.' });
});
