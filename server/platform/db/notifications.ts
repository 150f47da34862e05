import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const MAX_RETRY_MS = 10_000;

/** Listens on one connection of its own, which is opened again whenever it is lost. */
export function listenOnPostgres(url: string) {
  const handlers = new Map<string, (payload: string) => void>();
  const closing = new AbortController();
  let client: pg.Client | null = null;

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    next.on('notification', ({ channel, payload }) => handlers.get(channel)?.(payload ?? ''));
    next.on('error', () => undefined);
    await next.connect();
    for (const channel of handlers.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    return next;
  }

  async function keepConnected(): Promise<void> {
    let waitMs = 250;
    while (!closing.signal.aborted) {
      try {
        const connected = await connect();
        client = connected;
        waitMs = 250;
        await new Promise<void>((resolve) => connected.once('end', () => resolve()));
      } catch {
        // Tried again below: whoever listens also polls.
      }
      client = null;
      await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
      waitMs = Math.min(MAX_RETRY_MS, waitMs * 2);
    }
  }
  const running = keepConnected();

  return {
    async listen(channel: string, handler: (payload: string) => void): Promise<void> {
      handlers.set(channel, handler);
      await client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
    },
    async close(): Promise<void> {
      closing.abort();
      await client?.end().catch(() => undefined);
      await running;
    },
  };
}
