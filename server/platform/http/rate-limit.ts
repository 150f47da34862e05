import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { HttpError } from './http-error.ts';

const WINDOW_SECONDS = 60;

/** Too many requests; `Retry-After` says when the window ends. */
export class RateLimited extends HttpError {
  override name = 'RateLimited';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(429, `Too many requests with this API key; try again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Counts a request of an owner. Resolves to the requests of the present window, and the seconds until it ends. */
async function countRequest(db: Db, owner: string): Promise<{ count: number; rest: number }> {
  const isOver = sql`request_counts.started_at < now() - make_interval(secs => ${WINDOW_SECONDS})`;
  const { rows } = await sql<{ count: number; rest: number }>`
    insert into request_counts (owner, started_at, count) values (${owner}, now(), 1)
    on conflict (owner) do update set
      count = case when ${isOver} then 1 else request_counts.count + 1 end,
      started_at = case when ${isOver} then now() else request_counts.started_at end
    returning count, ceil(extract(epoch from started_at - now()) + ${WINDOW_SECONDS}::integer)::integer as rest`.execute(
    db,
  );
  return rows[0] ?? { count: 0, rest: 0 };
}

/**
 * At most `limit` requests a minute for each API key, counted in the database for all processes together. Playback is not counted:
 * one video is hundreds of small requests, none of which the viewer decides on.
 */
export function limitRate(app: FastifyInstance, db: Db, limit: number | undefined): void {
  if (limit === undefined) return;
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.url?.includes('/videos/hls/')) return;
    const { count, rest } = await countRequest(db, request.owner);
    if (count > limit) throw new RateLimited(Math.max(1, rest));
  });
}
