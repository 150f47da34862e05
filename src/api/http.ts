import { z } from 'zod/mini';
import {
  AbortedError,
  errorFromResponse,
  NetworkError,
  ResponseFormatError,
  TimeoutError,
  VideoSDKError,
} from './errors.ts';
import { canSendAgain, MAX_TIMEOUT_MS, type RetryWait, retry } from './retry.ts';

/** Time budget, cancellation and retries of one call. */
export interface CallOptions {
  /** Cancels the call: it rejects with an `AbortedError`. */
  readonly signal?: AbortSignal;
  /** Milliseconds for each attempt, body included (of a streaming answer: until it starts). Default: the client's. */
  readonly timeoutMs?: number;
  /** How often the call is sent again where that is safe. Default: the client's. */
  readonly retries?: number;
  /**
   * Names this call, so that the embedded platform does it once however often it is sent: one upload, one charge. A call
   * with a key is retried after network failures. Use a new key (a UUID) for each call; a hosted platform may ignore it.
   */
  readonly idempotencyKey?: string;
  /** Called before each pause that ends in another attempt. */
  readonly onWait?: (wait: RetryWait) => void;
}

export interface ClientOptions {
  /**
   * Where the platform answers; it may have a path (`https://host/dev`). Default: in Node `http://localhost:8001`, in a
   * browser the page's own origin.
   */
  readonly baseUrl?: string;
  /** Sent as `X-API-Key`. Never set it in a browser: everybody can read it there. A server of yours has to add it. */
  readonly apiKey?: string;
  /**
   * Milliseconds for each attempt of every call. Default: 30 s; 2 minutes for answers and maps; 10 minutes for a file in one
   * request and for joining the parts of one.
   */
  readonly timeoutMs?: number;
  /** Sends the requests, also those with the parts of an upload. Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** How often a call is sent again where that is safe. Default 2. */
  readonly retries?: number;
}

export const DEFAULT_BASE_URL = 'http://localhost:8001';
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_RETRIES = 2;

type QueryValue = string | number | boolean | Date | null | undefined;

interface RequestSpec {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly json?: unknown;
  readonly form?: FormData;
  /** True when doing it twice is the same as doing it once. Default: true for GET. */
  readonly isIdempotent?: boolean;
  readonly accept?: string;
  /** The timeout where neither the call nor the client has one. */
  readonly defaultTimeoutMs?: number;
  /** Sent also when the client is closed: it cleans up after what was cancelled. */
  readonly isCleanup?: boolean;
}

/** A streaming answer. `signal` fires when it is cancelled; `end` must be called when it is not read any more. */
interface OpenResponse {
  readonly response: Response;
  readonly signal: AbortSignal;
  end(): void;
}

function toQueryString(query: RequestSpec['query']): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    params.set(key, value instanceof Date ? value.toISOString() : String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** The body as parsed JSON, or as text; null when it is empty. Throws when it breaks off. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The one place where HTTP happens: adds the key, limits the time, retries what is safe, and throws only `VideoSDKError`s. */
export class Http {
  /** What sends the parts of an upload, too, when the caller has given one. */
  readonly injectedFetch: typeof fetch | undefined;
  readonly #options: ClientOptions;
  readonly #baseUrl: string;
  readonly #stops = new Set<AbortController>();
  readonly #running = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
    this.injectedFetch = options.fetch;
    const baseUrl = options.baseUrl ?? (typeof location === 'undefined' ? DEFAULT_BASE_URL : '');
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** Sends a request and parses its JSON answer with `schema`. */
  async json<Schema extends z.core.$ZodType>(
    schema: Schema,
    spec: RequestSpec,
    call: CallOptions = {},
  ): Promise<z.output<Schema>> {
    const body = await this.#send(spec, call, readBody);
    const parsed = z.safeParse(schema, body);
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.') || 'the body';
      throw new ResponseFormatError(`The platform's answer to ${spec.path} is not as expected (${where}).`);
    }
    return parsed.data;
  }

  /** Sends a request whose answer has nothing to read. It has succeeded when the answer is complete. */
  async empty(spec: RequestSpec, call: CallOptions = {}): Promise<void> {
    await this.#send(spec, call, readBody);
  }

  /** Opens a streaming answer; the timeout covers the time until it starts. */
  async open(spec: RequestSpec, call: CallOptions = {}): Promise<OpenResponse> {
    const { stop, end } = this.#start(call.signal);
    try {
      const response = await this.#attempts(spec, call, stop.signal, async (answer) => answer);
      return { response, signal: stop.signal, end };
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Runs `work` with a signal that fires when the caller's does, or when the client is closed. */
  async run<T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
    isCleanup = false,
  ): Promise<T> {
    const { stop, end } = this.#start(signal, isCleanup);
    const running = work(stop.signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
      end();
    }
  }

  /** Cancels all calls and uploads that are running, and resolves when they have ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#stops) stop.abort(new AbortedError('The client was closed.'));
    // What was cancelled may clean up by further calls.
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #start(signal: AbortSignal | undefined, isCleanup = false) {
    if (this.#isClosed && !isCleanup) throw new AbortedError('The client is closed.');
    const stop = new AbortController();
    const cancel = () => stop.abort(new AbortedError('The request was cancelled.'));
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    this.#stops.add(stop);
    const end = () => {
      this.#stops.delete(stop);
      signal?.removeEventListener('abort', cancel);
    };
    return { stop, end };
  }

  #send<T>(spec: RequestSpec, call: CallOptions, read: (response: Response) => Promise<T>): Promise<T> {
    return this.run(call.signal, (signal) => this.#attempts(spec, call, signal, read), spec.isCleanup);
  }

  #attempts<T>(
    spec: RequestSpec,
    call: CallOptions,
    signal: AbortSignal,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const isIdempotent = spec.isIdempotent ?? (spec.method === 'GET' || call.idempotencyKey !== undefined);
    return retry(() => this.#attempt(spec, call, signal, read), {
      retries: call.retries ?? this.#options.retries ?? DEFAULT_RETRIES,
      canRetry: (error) => canSendAgain(error, isIdempotent),
      signal,
      onWait: call.onWait,
    });
  }

  async #attempt<T>(
    spec: RequestSpec,
    call: CallOptions,
    signal: AbortSignal,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const timeoutMs = call.timeoutMs ?? this.#options.timeoutMs ?? spec.defaultTimeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), Math.min(timeoutMs, MAX_TIMEOUT_MS));
    const send = this.injectedFetch ?? globalThis.fetch;
    try {
      const response = await send(`${this.#baseUrl}${spec.path}${toQueryString(spec.query)}`, {
        method: spec.method,
        headers: this.#headers(spec, call.idempotencyKey),
        body: spec.form ?? (spec.json === undefined ? undefined : JSON.stringify(spec.json)),
        signal: AbortSignal.any([signal, timeout.signal]),
      });
      if (response.ok) return await read(response);
      // The status says enough where the body breaks off.
      const body = await readBody(response).catch(() => null);
      signal.throwIfAborted();
      throw errorFromResponse(response.status, body, response.headers);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof VideoSDKError) throw error;
      if (timeout.signal.aborted) {
        const message = `The platform did not answer within ${Math.round(timeoutMs / 1000)} s.`;
        throw new TimeoutError(message, { cause: error });
      }
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
