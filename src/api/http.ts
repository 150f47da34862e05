import { z } from 'zod/mini';
import {
  AbortedError,
  APIError,
  errorFromResponse,
  NetworkError,
  RateLimitError,
  ResponseFormatError,
  ServiceUnavailableError,
  TimeoutError,
  VideoSDKError,
} from './errors.ts';

/** A pause before something that failed is tried again. */
export interface RetryWait {
  /** What went wrong; a `RateLimitError` when the platform itself asked for the pause. */
  readonly error: VideoSDKError;
  readonly waitMs: number;
}

/** Time budget and cancellation of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /**
   * Names this call, so that the embedded platform does it once however often it is sent: one upload, one charge. A call
   * with a key is retried after network failures. Use a new key (a UUID) for each call; a hosted platform may ignore it.
   */
  readonly idempotencyKey?: string;
  /** Told before each pause that ends in another try. */
  readonly onWait?: (wait: RetryWait) => void;
}

export interface ClientOptions {
  /** Where the platform answers; empty for the page's own origin (the gateway). */
  readonly baseUrl: string;
  /** Sent as `X-API-Key`. Never set in a browser: there the gateway adds it. */
  readonly apiKey?: string;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  /** How often a call that may safely be repeated is tried again. */
  readonly retries: number;
}

type QueryValue = string | number | boolean | Date | null | undefined;

interface RequestSpec {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly json?: unknown;
  readonly form?: FormData;
  /** True when doing it twice is the same as doing it once: only then are network failures retried. */
  readonly idempotent?: boolean;
  readonly accept?: string;
}

const MAX_BACKOFF_MS = 20_000;

function queryString(query: RequestSpec['query']): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    params.set(key, value instanceof Date ? value.toISOString() : String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '');
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Resolves after `ms`; rejects with an `AbortedError` when the signal fires first. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new AbortedError('The request was cancelled.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Full jitter: a random wait up to `500 ms · 2^attempt`, so that many clients do not come back at once. */
export function backoffMs(attempt: number): number {
  return Math.random() * Math.min(MAX_BACKOFF_MS, 500 * 2 ** attempt);
}

/** How long to wait before trying again after `error`, or null when the call must not be repeated. */
function retryDelayMs(error: unknown, attempt: number, idempotent: boolean): number | null {
  if (error instanceof RateLimitError) return error.retryAfter === null ? backoffMs(attempt) : error.retryAfter * 1000;
  if (error instanceof ServiceUnavailableError) return backoffMs(attempt);
  if (!idempotent) return null;
  const transient = error instanceof NetworkError || (error instanceof APIError && error.statusCode >= 500);
  return transient ? backoffMs(attempt) : null;
}

/** One place where HTTP happens: adds the key and a timeout, retries what is safe, and throws only the error tree. */
export class Http {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = { ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') };
  }

  /** Sends a request and parses its JSON answer with `schema`. */
  async json<Schema extends z.core.$ZodType>(
    schema: Schema,
    spec: RequestSpec,
    call: CallOptions = {},
  ): Promise<z.output<Schema>> {
    const body = await this.#retrying(spec, call, readBody);
    const parsed = z.safeParse(schema, body);
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.') || 'the body';
      throw new ResponseFormatError(`The platform's answer to ${spec.path} is not as expected (${where}).`);
    }
    return parsed.data;
  }

  /** Sends a request whose answer has nothing to read. */
  async empty(spec: RequestSpec, call: CallOptions = {}): Promise<void> {
    await this.#retrying(spec, call, readBody);
  }

  /** Opens a streaming answer; the timeout covers the time to the headers only. */
  async open(spec: RequestSpec, call: CallOptions = {}): Promise<Response> {
    return this.#retrying(spec, call, async (response) => response);
  }

  async #retrying<T>(spec: RequestSpec, call: CallOptions, read: (response: Response) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#once(spec, call, read);
      } catch (error) {
        const idempotent = spec.idempotent ?? (spec.method === 'GET' || call.idempotencyKey !== undefined);
        const wait = attempt < this.#options.retries ? retryDelayMs(error, attempt, idempotent) : null;
        if (wait === null || wait > MAX_BACKOFF_MS * 3 || !(error instanceof VideoSDKError)) throw error;
        call.onWait?.({ error, waitMs: wait });
        await delay(wait, call.signal);
      }
    }
  }

  async #once<T>(spec: RequestSpec, call: CallOptions, read: (response: Response) => Promise<T>): Promise<T> {
    const timeoutMs = call.timeoutMs ?? this.#options.timeoutMs;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    try {
      const response = await this.#options.fetch(`${this.#options.baseUrl}${spec.path}${queryString(spec.query)}`, {
        method: spec.method,
        headers: this.#headers(spec, call.idempotencyKey),
        body: spec.form ?? (spec.json === undefined ? undefined : JSON.stringify(spec.json)),
        signal: call.signal ? AbortSignal.any([call.signal, timeout.signal]) : timeout.signal,
      });
      if (!response.ok) throw errorFromResponse(response.status, await readBody(response), response.headers);
      return await read(response);
    } catch (error) {
      if (error instanceof VideoSDKError) throw error;
      if (timeout.signal.aborted)
        throw new TimeoutError(`The platform did not answer within ${Math.round(timeoutMs / 1000)} s.`);
      if (call.signal?.aborted) throw new AbortedError('The request was cancelled.');
      throw new NetworkError('The platform could not be reached. Check the connection and try again.', {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #headers(spec: RequestSpec, idempotencyKey: string | undefined): Headers {
    const headers = new Headers({ accept: spec.accept ?? 'application/json' });
    if (spec.json !== undefined) headers.set('content-type', 'application/json');
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
    if (this.#options.apiKey) headers.set('x-api-key', this.#options.apiKey);
    return headers;
  }
}
