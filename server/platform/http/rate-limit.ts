import type { FastifyInstance } from 'fastify';
import { HttpError } from './http-error.ts';

const WINDOW_MS = 60_000;

/** Too many requests; `Retry-After` says when the window ends. */
export class RateLimited extends HttpError {
  override name = 'RateLimited';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(429, `Too many requests with this API key; try again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * At most `limit` requests a minute for each API key. Playback is not counted: one video is hundreds of small requests,
 * none of which the viewer decides on.
 */
export function limitRate(app: FastifyInstance, limit: number | undefined): void {
  if (limit === undefined) return;
  const windows = new Map<string, { startedAt: number; count: number }>();
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.url?.includes('/videos/hls/')) return;
    const now = Date.now();
    const known = windows.get(request.owner);
    const window = known && now - known.startedAt < WINDOW_MS ? known : { startedAt: now, count: 0 };
    window.count += 1;
    windows.set(request.owner, window);
    if (window.count > limit) throw new RateLimited(Math.ceil((window.startedAt + WINDOW_MS - now) / 1000));
  });
}
