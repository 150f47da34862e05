import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { DIMENSION } from '../../embedding/embedder.ts';
import { runTask } from '../../tasks/run-task.ts';

type Point = [x: number, y: number];

/** Maps kept for selections that were asked for lately. */
const MAX_MAPS = 50;
const TIME_LIMIT_MS = 600_000;
/** Names how maps are made: those of another way are not taken for the same. */
const LAYOUT = 'pca-50 umap-wasm-0.26';

const toBytes = (points: readonly Point[]) => Buffer.from(Float64Array.from(points.flat()).buffer);

function toPoints(bytes: Buffer): Point[] {
  const values = new Float64Array(new Uint8Array(bytes).buffer);
  return Array.from({ length: values.length / 2 }, (_, index) => [values[index * 2] ?? 0, values[index * 2 + 1] ?? 0]);
}

/** Places segments on the map, in a process of its own, and keeps what it has placed in the database. */
export class ProjectionService {
  readonly #db: Db;
  /** Maps that are being computed, so that requests at the same time share one. */
  readonly #computing = new Map<string, Promise<Point[]>>();

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Places for segments, in their order. `version` of a segment names what its vector was made of; the vectors themselves (pgvector
   * literals in the order of the segments) are loaded only for a map that is not known yet. The same segments always get the
   * same places.
   */
  async place(
    segments: readonly { readonly segment_id: string; readonly version: string }[],
    loadVectors: () => Promise<readonly string[]>,
  ): Promise<Point[]> {
    const hash = createHash('sha256').update(LAYOUT);
    for (const { segment_id, version } of segments) hash.update(`${segment_id} ${version}\n`);
    const key = hash.digest('hex');
    const kept = await this.#db
      .updateTable('projections')
      .set({ used_at: sql<Date>`now()` })
      .where('key', '=', key)
      .returning('points')
      .executeTakeFirst();
    if (kept) return toPoints(kept.points);
    const computing = this.#computing.get(key) ?? this.#compute(key, loadVectors);
    this.#computing.set(key, computing);
    return computing.finally(() => this.#computing.delete(key));
  }

  async #compute(key: string, loadVectors: () => Promise<readonly string[]>): Promise<Point[]> {
    const vectors = await loadVectors();
    const data = new Float32Array(vectors.length * DIMENSION);
    for (const [row, vector] of vectors.entries())
      data.set(vector.slice(1, -1).split(',').map(Number), row * DIMENSION);
    const matrix = { data, rows: vectors.length, columns: DIMENSION };
    const points = await runTask('projectMap', { matrix }, { timeoutMs: TIME_LIMIT_MS });
    await this.#db
      .insertInto('projections')
      .values({ key, points: toBytes(points) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await sql`
      delete from projections where key in (select key from projections order by used_at desc offset ${MAX_MAPS})`.execute(
      this.#db,
    );
    return points;
  }
}
