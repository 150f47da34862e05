import type { FastifyInstance } from 'fastify';

/** Answers errors with a sentence. What was not expected is logged, and says nothing of the machine. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    // The rate limiter throws what it answers, which is no `Error`.
    const status =
      typeof error === 'object' && error && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : 500;
    if (status < 500 || status === 503) return reply.code(status).send(error);
    request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'request failed');
    return reply.code(status).send({ message: 'Internal error in the studio. Try again; details are in its log.' });
  });
}
