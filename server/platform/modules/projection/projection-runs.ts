import { sql, type UpdateObject } from 'kysely';
import type { MapRun, MapStage } from '#api/contracts/map.ts';
import type { Log } from '../../../logging.ts';
import type { Db } from '../../db/database.ts';
import type { Tables } from '../../db/tables.ts';
import { HttpError } from '../../http/http-error.ts';
import { UnreadableMediaError } from '../../tasks/protocol.ts';
import {
  fromBytea,
  getMapKey,
  type LayoutListener,
  type MapRequest,
  type Places,
  type ProjectionService,
  toBytea,
  toBytes,
  toPlaces,
} from './projection-service.ts';

const LEASE = sql<Date>`now() + make_interval(secs => 15)`;
const DAY_AGO = sql<Date>`now() - interval '1 day'`;
/** How often a run writes where it is, which also renews its lease. */
const RENEW_MS = 1_000;

interface Progress {
  readonly stage: MapStage;
  readonly progress: number;
}

interface RunRow extends Progress {
  readonly key: string;
  readonly segments: number;
  readonly error: string | null;
  readonly drafts: number;
}

const toRun = ({ key, stage, progress, segments, error, drafts }: RunRow): MapRun => ({
  state: error === null ? 'computing' : 'failed',
  run_id: key,
  stage,
  progress,
  segments,
  drafts,
  error,
});

/**
 * Layouts that are computed in the background, one at a time in each process. A run is a row with a lease, so that several
 * processes compute a map once and each can tell how far it is; when its process dies, the next request starts it again.
 */
export class ProjectionRuns {
  readonly #db: Db;
  readonly #maps: ProjectionService;
  readonly #log: Log;
  #last: Promise<void> = Promise.resolve();

  constructor(db: Db, maps: ProjectionService, log: Log) {
    this.#db = db;
    this.#maps = maps;
    this.#log = log;
  }

  /** Forgets the runs of processes that have died: for a database that no other process uses. */
  async clear(): Promise<void> {
    await this.#db.deleteFrom('projection_runs').execute();
  }

  /**
   * Computes the layout of a map in the background, unless that is being done already; `again` replaces one that is known.
   * Resolves at once.
   */
  async start(request: MapRequest, { again = false } = {}): Promise<MapRun> {
    const key = getMapKey(request);
    const begin = {
      key,
      owner: request.owner,
      segments: request.count,
      stage: 'waiting',
      progress: 0,
      drafts: 0,
    } as const;
    const lease = { leased_until: LEASE, error: null, draft: null };
    const claimed = await this.#db
      .insertInto('projection_runs')
      .values({ ...begin, ...lease })
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet({ ...begin, ...lease })
          .where((eb) =>
            eb.or([
              eb('projection_runs.leased_until', '<', sql<Date>`now()`),
              eb('projection_runs.error', 'is not', null),
            ]),
          ),
      )
      .returning('key')
      .executeTakeFirst();
    if (claimed) {
      // Those that failed and that nobody asked for again.
      await this.#db.deleteFrom('projection_runs').where('leased_until', '<', DAY_AGO).execute();
      this.#last = this.#run(request, key, again);
    }
    return (await this.read(request.owner, key)) ?? toRun({ ...begin, error: null });
  }

  /** How far a run is; ready when its map is known, null when there is neither. */
  async read(owner: string, key: string): Promise<MapRun | null> {
    const row = await this.#db
      .selectFrom('projection_runs')
      .select(['key', 'stage', 'progress', 'segments', 'error', 'drafts'])
      .where('key', '=', key)
      .where('owner', '=', owner)
      .where((eb) => eb.or([eb('leased_until', '>', sql<Date>`now()`), eb('error', 'is not', null)]))
      .executeTakeFirst();
    if (row) return toRun(row);
    const known = await this.#db
      .selectFrom('projections')
      .select('rows')
      .where('key', '=', key)
      .where('owner', '=', owner)
      .executeTakeFirst();
    return known
      ? { state: 'ready', run_id: key, stage: 'placing', progress: 1, segments: known.rows, drafts: 0, error: null }
      : null;
  }

  /** The layout of a map that is being computed, as far as it is; null when there is none yet. */
  async readDraft(owner: string, key: string): Promise<Places | null> {
    const row = await this.#db
      .selectFrom('projection_runs')
      .select(fromBytea('draft').as('draft'))
      .where('key', '=', key)
      .where('owner', '=', owner)
      .where('draft', 'is not', null)
      .executeTakeFirst();
    return row ? toPlaces(Buffer.from(row.draft, 'base64')) : null;
  }

  /** Holds the lease from now on, and computes when the runs before it have ended. */
  async #run(request: MapRequest, key: string, again: boolean): Promise<void> {
    const before = this.#last;
    let now: Progress = { stage: 'waiting', progress: 0 };
    const update = (change: UpdateObject<Tables, 'projection_runs'>) =>
      this.#db
        .updateTable('projection_runs')
        .set(change)
        .where('key', '=', key)
        .execute()
        // The database is away: the lease lapses if it stays so.
        .catch(() => undefined);
    const listener: LayoutListener = {
      onProgress: (stage, progress) => {
        now = { stage, progress };
      },
      onDraft: (places) => void update({ draft: toBytea(toBytes(places)), drafts: sql`drafts + 1` }),
    };
    const timer = setInterval(() => void update({ ...now, leased_until: LEASE }), RENEW_MS);
    try {
      await before;
      await (again ? this.#maps.layOutAgain(request, listener) : this.#maps.place(request, listener));
      await this.#db.deleteFrom('projection_runs').where('key', '=', key).execute();
    } catch (error) {
      const isSentence = error instanceof HttpError || error instanceof UnreadableMediaError;
      if (!(error instanceof HttpError)) this.#log.error({ err: error }, 'A map could not be computed');
      await update({ error: isSentence ? error.message : 'The layout could not be computed.' });
    } finally {
      clearInterval(timer);
    }
  }
}
