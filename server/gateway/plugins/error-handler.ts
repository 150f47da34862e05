import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The status that an error names for its answer; 500 for what names none, or none of an error. */
function getStatus(error: unknown): number {
  // The rate limiter throws what it answers, which is no `Error`.
  const status = typeof error === 'object' && error && 'statusCode' in error ? error.statusCode : undefined;
  const isErrorStatus = typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599;
  return isErrorStatus ? status : 500;
}

/** Answers an error with a sentence. What was not expected is logged, and says nothing of the machine. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = getStatus(error);
  if (status < 500 || status === 503) return reply.code(status).send(error);
  request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'request failed');
  return reply.code(status).send({ message: 'Internal error in the studio. Try again; details are in its log.' });
}

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendError);
}
