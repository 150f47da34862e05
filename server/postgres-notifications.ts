import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const MIN_RETRY_MS = 250;
const MAX_RETRY_MS = 10_000;

/**
 * Listens on one connection of its own, which is opened again whenever it is lost. Resolves once it is open, or the first
 * try has failed.
 */
export async function listenOnPostgres(url: string) {
  const handlers = new Map<string, (payload: string) => void>();
  const closing = new AbortController();
  let client: pg.Client | null = null;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    next.on('notification', ({ channel, payload }) => handlers.get(channel)?.(payload ?? ''));
    next.on('error', () => undefined);
    try {
      await next.connect();
      for (const channel of handlers.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      void next.end().catch(() => undefined);
      throw error;
    }
    next.once('end', () => {
      client = null;
      void keepConnected();
    });
    client = next;
  }

  async function keepConnected(): Promise<void> {
    for (let waitMs = MIN_RETRY_MS; !closing.signal.aborted; waitMs = Math.min(MAX_RETRY_MS, waitMs * 2)) {
      await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      const isConnected = await connect().then(
        () => true,
        () => false,
      );
      if (isConnected) return;
    }
  }

  await connect().catch(() => void keepConnected());
  return {
    async listen(channel: string, handler: (payload: string) => void): Promise<void> {
      handlers.set(channel, handler);
      await client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
    },
    async close(): Promise<void> {
      closing.abort();
      await client?.end().catch(() => undefined);
    },
  };
}
