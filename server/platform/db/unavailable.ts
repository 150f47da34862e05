const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** Postgres: connection exceptions (08), operator intervention (57P: shutting down, starting up), too many connections. */
const POSTGRES_CODES = /^(?:08\w{3}|57P0[1235]|53300)$/;
const POOL_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection/i;

/** True when the database cannot be reached right now: the same request may well succeed a little later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NETWORK_CODES.has(code) || POSTGRES_CODES.test(code) || POOL_MESSAGES.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseUnavailable)) return true;
  return isDatabaseUnavailable(error.cause);
}
