import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { DIMENSION } from '../../embedding/embedder.ts';
import { runTask } from '../../tasks/run-task.ts';

type Point = [x: number, y: number];

/** Maps kept for selections that were asked for lately. */
const MAX_MAPS = 50;
const TIME_LIMIT_MS = 600_000;

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

  /** Places for segments, in their order; `vector` is a pgvector literal. The same segments always get the same places. */
  async place(segments: readonly { segment_id: string; vector: string }[]): Promise<Point[]> {
    const hash = createHash('sha256');
    for (const { segment_id, vector } of segments) hash.update(segment_id).update(vector);
    const key = hash.digest('hex');
    const kept = await this.#db
      .updateTable('projections')
      .set({ used_at: sql<Date>`now()` })
      .where('key', '=', key)
      .returning('points')
      .executeTakeFirst();
    if (kept) return toPoints(kept.points);
    const computing =
      this.#computing.get(key) ?? this.#compute(key, segments).finally(() => this.#computing.delete(key));
    this.#computing.set(key, computing);
    return computing;
  }

  async #compute(key: string, segments: readonly { vector: string }[]): Promise<Point[]> {
    const data = new Float32Array(segments.length * DIMENSION);
    for (const [row, { vector }] of segments.entries())
      data.set(vector.slice(1, -1).split(',').map(Number), row * DIMENSION);
    const matrix = { data, rows: segments.length, columns: DIMENSION };
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
