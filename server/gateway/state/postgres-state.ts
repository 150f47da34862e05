import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { z } from 'zod';
import { listenOnPostgres } from '../../postgres-notifications.ts';
import type { Document, State } from './document.ts';
import { readPrivateFile } from './private-file.ts';

const CHANNEL = 'gateway_documents';
const MAX_CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 10_000;
/** Notifications may be missed while a connection is lost. */
const REFRESH_MS = 5_000;

/** Documents as rows, for gateways that share a database. Changes are made one after the other, whichever gateway makes them. */
export class PostgresState implements State {
  readonly isShared = true;
  readonly #pool: pg.Pool;
  readonly #listener: Awaited<ReturnType<typeof listenOnPostgres>>;
  readonly #folder: string;
  readonly #documents = new Map<string, { refresh(): Promise<void> }>();
  readonly #timer: NodeJS.Timeout;

  private constructor(pool: pg.Pool, listener: Awaited<ReturnType<typeof listenOnPostgres>>, folder: string) {
    this.#pool = pool;
    this.#listener = listener;
    this.#folder = folder;
    this.#timer = setInterval(() => {
      for (const document of this.#documents.values()) void document.refresh().catch(() => undefined);
    }, REFRESH_MS);
    this.#timer.unref();
  }

  /** `folder` is where documents were files; what is there and not in the database yet is taken from it. */
  static async connect(url: string, folder: string): Promise<PostgresState> {
    const pool = new pg.Pool({
      connectionString: url,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    // One that breaks while nobody uses it is replaced; one that breaks between two statements fails the next one.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    // Gateways that start at once must not both make it: "if not exists" alone does not prevent that.
    await pool.query(
      `begin;
       select pg_advisory_xact_lock(hashtext('${CHANNEL}'));
       create table if not exists gateway_documents (name text primary key, content jsonb not null);
       commit`,
    );
    const state = new PostgresState(pool, await listenOnPostgres(url), folder);
    await state.#listener.listen(CHANNEL, (name) => {
      void state.#documents
        .get(name)
        ?.refresh()
        .catch(() => undefined);
    });
    return state;
  }

  async open<Content>(name: string, schema: z.ZodType<Content>, empty: Content): Promise<Document<Content>> {
    const initial = (await readPrivateFile(this.#folder, name, schema)) ?? empty;
    await this.#pool.query('insert into gateway_documents values ($1, $2) on conflict do nothing', [
      name,
      JSON.stringify(initial),
    ]);
    const document = new PostgresDocument(this.#pool, name, schema, initial);
    await document.refresh();
    this.#documents.set(name, document);
    return document;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#listener.close();
    await this.#pool.end();
  }
}

class PostgresDocument<Content> implements Document<Content> {
  readonly #pool: pg.Pool;
  readonly #name: string;
  readonly #schema: z.ZodType<Content>;
  readonly #changes = new EventEmitter();
  #content: Content;
  #text = '';
  #turn: Promise<unknown> = Promise.resolve();

  constructor(pool: pg.Pool, name: string, schema: z.ZodType<Content>, content: Content) {
    this.#pool = pool;
    this.#name = name;
    this.#schema = schema;
    this.#content = content;
  }

  get content(): Content {
    return this.#content;
  }

  #take(text: string): Content {
    if (text === this.#text) return this.#content;
    this.#content = this.#schema.parse(JSON.parse(text));
    this.#text = text;
    this.#changes.emit('change');
    return this.#content;
  }

  /** One after the other: what was read before a change must not be taken after it. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      const { rows } = await this.#pool.query<{ content: string }>(
        'select content::text from gateway_documents where name = $1',
        [this.#name],
      );
      if (rows[0]) this.#take(rows[0].content);
    });
  }

  change(change: (content: Content) => Content): Promise<void> {
    return this.#inTurn(() => this.#write(change));
  }

  async #write(change: (content: Content) => Content): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<{ content: string }>(
        'select content::text from gateway_documents where name = $1 for update',
        [this.#name],
      );
      const next = change(this.#take(rows[0]?.content ?? 'null'));
      const written = await client.query<{ content: string }>(
        'update gateway_documents set content = $2 where name = $1 returning content::text',
        [this.#name, JSON.stringify(next)],
      );
      await client.query('select pg_notify($1, $2)', [CHANNEL, this.#name]);
      await client.query('commit');
      this.#take(written.rows[0]?.content ?? 'null');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  onChange(listener: () => void): void {
    this.#changes.on('change', listener);
  }
}
