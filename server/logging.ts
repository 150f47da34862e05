import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import pino, { type DestinationStream } from 'pino';
import { z } from 'zod';

/** `LOG_LEVEL`: by default errors alone are logged; `warn` adds what was retried or answered with a 502, `info` adds a line for each request. */
export const logLevelSchema = z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('error');

export type Log = FastifyBaseLogger;

/** What of an error is logged. Clients attach requests and answers to their errors, which hold keys. */
function toLoggedError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, message, stack, cause } = error;
  return { type, message, stack, code: getCode(error), cause: cause instanceof Error ? toCause(cause) : undefined };
}

const getCode = (error: Error) => ('code' in error ? error.code : undefined);

/** Without its message: services repeat what they were sent in it. */
const toCause = (error: Error) => ({
  type: error.name,
  code: getCode(error),
  status: 'statusCode' in error ? error.statusCode : undefined,
});

/** A logger that writes JSON lines to the standard error output. Written at once: a program that ends loses none. */
export function createLogger(
  name: string,
  level: z.infer<typeof logLevelSchema>,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Log {
  return pino(
    { level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: toLoggedError } },
    destination,
  );
}

/** Fastify's own lines hold whole addresses; `logRequests` writes the lines instead. */
export const noRequestLines = () => new LogController({ disableRequestLogging: true });

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The id that a caller who may name one has given to a request, else a new one. */
export function getRequestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * Names each request in its answer (`x-request-id`) and logs it with its status and duration. Of the address only the path
 * is logged: queries hold signatures, and headers hold keys and sessions.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const line = { method, path: url.split('?')[0], status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    request.log.info(line, 'request');
  });
}
