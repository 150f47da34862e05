/**
 * The error tree of the API (SDK document, "Errors"). Everything that the API layer throws is a `VideoSDKError`: HTTP answers
 * are `APIError`s with a status, the rest (network, timeout, abort, a body that does not parse) have none.
 */

/** The root of all errors of this package. */
export class VideoSDKError extends Error {
  /** The HTTP status; null when there was no HTTP answer. */
  readonly statusCode: number | null = null;
  /** The body of the answer: parsed JSON, or text. Null when there was none. */
  readonly responseBody: unknown = null;
  override name = 'VideoSDKError';
}

/** Codes of Node for connections that could not be made, so that nothing of the request can have arrived. */
const CONNECT_FAILURES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function isConnectFailure(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return ('code' in cause && CONNECT_FAILURES.has(cause.code)) || isConnectFailure(cause.cause);
}

/** The connection could not be made, was lost, or broke off in the middle of the answer. */
export class NetworkError extends VideoSDKError {
  override name = 'NetworkError';
  /** True where the request certainly did not reach the platform. Browsers do not tell; there it is always false. */
  readonly isUnsent: boolean;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.isUnsent = isConnectFailure(options?.cause);
  }
}

/** The answer, or the rest of it, did not come in time. */
export class TimeoutError extends NetworkError {
  override name = 'TimeoutError';
}

/** The call was cancelled by its `signal`, or because its client was closed. */
export class AbortedError extends VideoSDKError {
  override name = 'AbortedError';
}

/** The platform answered 2xx with something that is not what the contract says. */
export class ResponseFormatError extends VideoSDKError {
  override name = 'ResponseFormatError';
}

/** The platform answered with an HTTP status of 400 or above. */
export class APIError extends VideoSDKError {
  override name = 'APIError';
  override readonly statusCode: number;
  override readonly responseBody: unknown;
  /** Seconds to wait before the next try, from `Retry-After` (a number or an HTTP date); null when the answer had none. */
  readonly retryAfter: number | null;

  constructor(message: string, statusCode: number, responseBody: unknown, retryAfter: number | null = null) {
    super(message);
    this.statusCode = statusCode;
    this.responseBody = responseBody;
    this.retryAfter = retryAfter;
  }
}

/** 400. */
export class BadRequestError extends APIError {
  override name = 'BadRequestError';
}
/** 401: the API key is missing or wrong. */
export class AuthenticationError extends APIError {
  override name = 'AuthenticationError';
}
/** 403: a video that the caller does not own, or that does not exist. */
export class PermissionDeniedError extends APIError {
  override name = 'PermissionDeniedError';
}
/** 404. */
export class NotFoundError extends APIError {
  override name = 'NotFoundError';
}
/** 409: a name that is taken, a video that is in the collection already or is not ready. */
export class ConflictError extends APIError {
  override name = 'ConflictError';
}
/** 413: over 100 MB in one request; `uploads.uploadFile` takes larger files. */
export class PayloadTooLargeError extends APIError {
  override name = 'PayloadTooLargeError';
}
/** 422: a field of the request is not valid. */
export class UnprocessableEntityError extends APIError {
  override name = 'UnprocessableEntityError';
}
/** 429: too many requests; `retryAfter` says for how long. */
export class RateLimitError extends APIError {
  override name = 'RateLimitError';
}
/** 500. */
export class InternalServerError extends APIError {
  override name = 'InternalServerError';
}
/** 502. */
export class BadGatewayError extends APIError {
  override name = 'BadGatewayError';
}
/** 503; `retryAfter` says for how long, where the platform knows. */
export class ServiceUnavailableError extends APIError {
  override name = 'ServiceUnavailableError';
}

const ERROR_CLASSES: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  413: PayloadTooLargeError,
  422: UnprocessableEntityError,
  429: RateLimitError,
  500: InternalServerError,
  502: BadGatewayError,
  503: ServiceUnavailableError,
};

const DEFAULT_MESSAGES: Readonly<Record<number, string>> = {
  400: 'The platform could not accept this request.',
  401: 'The platform did not accept the API key.',
  402: 'There are not enough credits left for this.',
  403: 'This key may not use that video.',
  404: 'That does not exist, or no longer does.',
  409: 'This does not fit the current state.',
  413: 'This file is too large for a single upload.',
  422: 'Something in the request is not valid.',
  429: 'Too many requests at once.',
  500: 'Internal error in the platform. Try again; details are in its log.',
  502: 'The platform could not be reached behind its proxy.',
  503: 'The platform is not available right now.',
};

/** Seconds from a `Retry-After` header: a number, or an HTTP date relative to `now` (ms). Null when absent or unreadable. */
export function parseRetryAfter(header: string | null, now = Date.now()): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Where FastAPI says that a field was found: the first entry of `loc`. */
const LOCATIONS: readonly unknown[] = ['body', 'query', 'path'];

function getValidationMessage(detail: readonly unknown[]): string {
  const messages = detail.filter(isRecord).map((issue) => {
    const loc: unknown[] = Array.isArray(issue.loc) ? issue.loc : [];
    const path = LOCATIONS.includes(loc[0]) ? loc.slice(1) : loc;
    const text = typeof issue.msg === 'string' ? issue.msg : 'is not valid';
    // The embedded platform sends sentences that start with the field's name.
    return path.length === 0 || text.startsWith(String(path[0])) ? text : `${path.join('.')}: ${text}`;
  });
  return messages.join(messages.every((message) => message.endsWith('.')) ? ' ' : '; ');
}

/** The sentence in an error body: `message` (dev API) or `detail` (FastAPI; for 422 perhaps a list). Empty when there is none. */
export function getBodyMessage(body: unknown): string {
  if (!isRecord(body)) return '';
  if (typeof body.message === 'string') return body.message;
  if (typeof body.detail === 'string') return body.detail;
  return Array.isArray(body.detail) ? getValidationMessage(body.detail) : '';
}

/** The error class for an HTTP answer, with a message a person can read. `body` is parsed JSON, or text, or null. */
export function errorFromResponse(status: number, body: unknown, headers: Headers): APIError {
  const message = getBodyMessage(body) || DEFAULT_MESSAGES[status] || `The platform answered with status ${status}.`;
  const ErrorClass = ERROR_CLASSES[status] ?? APIError;
  return new ErrorClass(message, status, body, parseRetryAfter(headers.get('retry-after')));
}

/** The sentence to show for anything that was thrown. */
export function getErrorMessage(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return 'Something went wrong.';
}
