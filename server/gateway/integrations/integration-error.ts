/** What can go wrong between the studio and a vector database. */
export type IntegrationFailure =
  | 'unreachable'
  | 'unauthorized'
  | 'wrong_dimension'
  | 'wrong_metric'
  | 'missing_index'
  | 'missing_extension'
  | 'refused';

/** A failure as a sentence for people; it never holds a key. */
export class IntegrationError extends Error {
  override name = 'IntegrationError';
  readonly code: IntegrationFailure;

  constructor(code: IntegrationFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Failures that may be gone a moment later. */
export const isTransient = (error: IntegrationError): boolean => error.code === 'unreachable';

const NETWORK =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|UND_ERR|fetch failed|timeout|timed out|UNAVAILABLE|No connection|Failed to connect|Connection terminated|\b50[234]\b|\b429\b|TooManyRequests|RateLimit|ServiceUnavailable/i;
const UNAUTHORIZED =
  /\b40[13]\b|unauthori[sz]ed|unauthenticated|forbidden|permission|28P01|28000|PineconeAuthorization|api key/i;
/** Postgres let the user in, but not to this: its own words say to what. */
const NOT_TO_THIS = /\b42501\b/;
const MAX_LENGTH = 300;

/** What Postgres itself says of a statement of ours, with its SQLSTATE. */
const isPostgresError = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code);

/** An error and its causes as text: names, codes, states, messages. The clients of the five share no other shape. */
function traces(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) return '';
  const { code, status } = error as { code?: unknown; status?: unknown };
  const inner = error instanceof AggregateError ? error.errors.map((one) => traces(one, depth + 1)).join(' ') : '';
  return `${error.name} ${code ?? ''} ${status ?? ''} ${error.message} ${inner} ${traces(error.cause, depth + 1)}`;
}

/** A failure of ours that a client has wrapped: what was thrown while it connected. */
function findIntegrationError(error: unknown, depth = 0): IntegrationError | undefined {
  if (error instanceof IntegrationError) return error;
  return error instanceof Error && depth < 4 ? findIntegrationError(error.cause, depth + 1) : undefined;
}

/** Turns what a client threw into a sentence; `place` is the database and its address, `secret` what must not be shown. */
export function explain(error: unknown, place: string, secret: string | undefined): IntegrationError {
  const own = findIntegrationError(error);
  if (own) return own;
  const text = traces(error);
  const options = { cause: error };
  if (UNAUTHORIZED.test(text) && !NOT_TO_THIS.test(text)) {
    return new IntegrationError(
      'unauthorized',
      `${place} does not let the studio in: the key is wrong or missing.`,
      options,
    );
  }
  if (NETWORK.test(text)) {
    return new IntegrationError(
      'unreachable',
      `${place} cannot be reached. Is it running, and is the address right?`,
      options,
    );
  }
  const said = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').trim() : '';
  const safe = (secret ? said.replaceAll(secret, '…') : said).slice(0, MAX_LENGTH);
  if (isPostgresError(error)) return new IntegrationError('refused', `${place} refused: ${safe}`, options);
  // Whatever answers at an address that somebody typed in must not be shown to them: the log has it.
  console.error(`${place} refused: ${safe}`);
  const status = /\b[345]\d\d\b/.exec(text)?.[0];
  const told = status ? `status ${status}` : 'an answer that is not a vector database’s';
  return new IntegrationError('refused', `${place} refused the request (${told}).`, options);
}
