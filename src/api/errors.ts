/**
 * The error tree of the API (SDK document, "Errors"). Everything that the API layer throws is a `VideoSDKError`:
 * HTTP answers are `APIError`s with a status, the rest (network, timeout, abort, a body that does not parse) have none.
 */

export class VideoSDKError extends Error {
  readonly statusCode: number | null = null;
  readonly responseBody: unknown = null;
  override name = 'VideoSDKError';
}

export class NetworkError extends VideoSDKError {
  override name = 'NetworkError';
}

export class TimeoutError extends VideoSDKError {
  override name = 'TimeoutError';
}

export class AbortedError extends VideoSDKError {
  override name = 'AbortedError';
}

/** The platform answered 2xx with something that is not what the contract says. */
export class ResponseFormatError extends VideoSDKError {
  override name = 'ResponseFormatError';
}

export class APIError extends VideoSDKError {
  override name = 'APIError';
  override readonly statusCode: number;
  override readonly responseBody: unknown;

  constructor(message: string, statusCode: number, responseBody: unknown) {
    super(message);
    this.statusCode = statusCode;
    this.responseBody = responseBody;
  }
}

export class BadRequestError extends APIError {
  override name = 'BadRequestError';
}
export class AuthenticationError extends APIError {
  override name = 'AuthenticationError';
}
export class PermissionDeniedError extends APIError {
  override name = 'PermissionDeniedError';
}
export class NotFoundError extends APIError {
  override name = 'NotFoundError';
}
export class ConflictError extends APIError {
  override name = 'ConflictError';
}
export class PayloadTooLargeError extends APIError {
  override name = 'PayloadTooLargeError';
}
export class UnprocessableEntityError extends APIError {
  override name = 'UnprocessableEntityError';
}
export class InternalServerError extends APIError {
  override name = 'InternalServerError';
}
export class BadGatewayError extends APIError {
  override name = 'BadGatewayError';
}
export class ServiceUnavailableError extends APIError {
  override name = 'ServiceUnavailableError';
}

export class RateLimitError extends APIError {
  override name = 'RateLimitError';
  /** Seconds to wait, from `Retry-After` (a number or an HTTP date); null when the answer had none. */
  readonly retryAfter: number | null;

  constructor(message: string, statusCode: number, responseBody: unknown, retryAfter: number | null) {
    super(message, statusCode, responseBody);
    this.retryAfter = retryAfter;
  }
}

type APIErrorClass = new (message: string, statusCode: number, responseBody: unknown) => APIError;

const BY_STATUS: Readonly<Record<number, APIErrorClass>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  413: PayloadTooLargeError,
  422: UnprocessableEntityError,
  500: InternalServerError,
  502: BadGatewayError,
  503: ServiceUnavailableError,
};

const FALLBACK_SENTENCES: Readonly<Record<number, string>> = {
  400: 'The platform could not accept this request.',
  401: 'The platform did not accept the API key.',
  402: 'There are not enough credits left for this.',
  403: 'This key may not use that video.',
  404: 'That does not exist, or no longer does.',
  409: 'This does not fit the current state.',
  413: 'This file is too large for a single upload.',
  422: 'Something in the request is not valid.',
  429: 'Too many requests at once.',
  500: 'The platform ran into a problem of its own.',
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

function validationSentence(detail: readonly unknown[]): string {
  return detail
    .filter(isRecord)
    .map((issue) => {
      const path = Array.isArray(issue.loc) ? issue.loc.filter((part) => part !== 'body').join('.') : '';
      const text = typeof issue.msg === 'string' ? issue.msg : 'is not valid';
      return path ? `${path}: ${text}` : text;
    })
    .join('; ');
}

/** The sentence in an error body: `message` (dev API) or `detail` (FastAPI; for 422 perhaps a list). Empty when there is none. */
export function messageOf(body: unknown): string {
  if (!isRecord(body)) return '';
  if (typeof body.message === 'string') return body.message;
  if (typeof body.detail === 'string') return body.detail;
  return Array.isArray(body.detail) ? validationSentence(body.detail) : '';
}

/** The error class for an HTTP answer, with a message a person can read. `body` is parsed JSON, or text, or null. */
export function errorFromResponse(status: number, body: unknown, headers: Headers): APIError {
  const message = messageOf(body) || FALLBACK_SENTENCES[status] || `The platform answered with status ${status}.`;
  if (status === 429) return new RateLimitError(message, status, body, parseRetryAfter(headers.get('retry-after')));
  const ErrorClass = BY_STATUS[status] ?? APIError;
  return new ErrorClass(message, status, body);
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return 'Something went wrong.';
}
