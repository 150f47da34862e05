import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { DIMENSION } from '../../embedding/embedder.ts';
import { runTask } from '../../tasks/run-task.ts';
import {
  type Extension,
  getDigest,
  LAYOUT,
  type MapSegment,
  type Neighbor,
  type Point,
  placeAmong,
  planExtension,
  toDigestBytes,
  toDigests,
} from './extend-layout.ts';

/** Maps kept for selections that were asked for lately. */
const MAX_MAPS = 50;
const TIME_LIMIT_MS = 600_000;
/** Neighbors that say where a new segment belongs. */
const NEIGHBORS = 8;
/** Maps that are looked at for one to start from. */
const MAX_CANDIDATES = 5;

export interface MapRequest {
  readonly owner: string;
  readonly segments: readonly MapSegment[];
  /** Vectors of some of the segments as pgvector literals, in the order of the ids. */
  loadVectors(segmentIds: readonly string[]): Promise<readonly string[]>;
  /** The segments of some videos closest to a vector, best first. */
  findNearest(
    vector: Float32Array,
    videoIds: readonly string[],
    limit: number,
  ): Promise<readonly { readonly segment_id: string; readonly score: number }[]>;
}

interface Layout {
  readonly points: readonly Point[];
  readonly settledRows: number;
}

const toBytes = (points: readonly Point[]) => Buffer.from(Float64Array.from(points.flat()).buffer);

function toPoints(bytes: Buffer): Point[] {
  const values = new Float64Array(new Uint8Array(bytes).buffer);
  return Array.from({ length: values.length / 2 }, (_, index) => [values[index * 2] ?? 0, values[index * 2 + 1] ?? 0]);
}

const parseVector = (literal: string) => Float32Array.from(literal.slice(1, -1).split(','), Number);

/** Places segments on the map, and keeps what it has placed in the database. */
export class ProjectionService {
  readonly #db: Db;
  /** Maps that are being computed, so that requests at the same time share one. */
  readonly #computing = new Map<string, Promise<readonly Point[]>>();

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Places for segments, in their order. The same segments get the same places. A map of which most is known from another
   * one keeps the places of that: the new segments are put among their neighbors. Vectors are loaded only for a map that
   * is not known.
   */
  async place(request: MapRequest): Promise<readonly Point[]> {
    const key = getKey(request.segments);
    const kept = await this.#db
      .updateTable('projections')
      .set({ used_at: sql<Date>`now()` })
      .where('key', '=', key)
      .returning('points')
      .executeTakeFirst();
    if (kept) return toPoints(kept.points);
    return this.#share(key, async () => (await this.#extend(request)) ?? (await layOut(request)), request);
  }

  /** Lays the map of these segments out anew, all of it. */
  layOutAgain(request: MapRequest): Promise<readonly Point[]> {
    return this.#share(getKey(request.segments), () => layOut(request), request);
  }

  #share(key: string, compute: () => Promise<Layout>, request: MapRequest): Promise<readonly Point[]> {
    const known = this.#computing.get(key);
    if (known) return known;
    const computing = compute()
      .then(async (layout) => {
        await this.#store(key, layout, request);
        return layout.points;
      })
      .finally(() => this.#computing.delete(key));
    this.#computing.set(key, computing);
    return computing;
  }

  /** Adds what is new to the most similar map of the same owner; null when there is none that is similar enough. */
  async #extend(request: MapRequest): Promise<Layout | null> {
    const { owner, segments, loadVectors, findNearest } = request;
    const candidates = await this.#db
      .selectFrom('projections')
      .select(['points', 'segments', 'settled_rows'])
      .where('owner', '=', owner)
      .where('rows', '>=', Math.floor((segments.length * 2) / 3))
      .where('rows', '<=', Math.ceil(segments.length * 1.25))
      .orderBy('used_at', 'desc')
      .limit(MAX_CANDIDATES)
      .execute();
    let best: { plan: Extension; settledRows: number } | null = null;
    for (const { points, segments: digests, settled_rows: settledRows } of candidates) {
      if (!digests) continue;
      const plan = planExtension(segments, { points: toPoints(points), digests: toDigests(digests), settledRows });
      if (plan && (!best || plan.newIndices.length < best.plan.newIndices.length)) best = { plan, settledRows };
    }
    if (!best) return null;
    const { places, newIndices, keptVideoIds } = best.plan;
    const placeOf = new Map(segments.map(({ segment_id }, index) => [segment_id, places[index] ?? null]));
    const ids = newIndices.flatMap((index) => segments[index]?.segment_id ?? []);
    const vectors = ids.length > 0 ? await loadVectors(ids) : [];
    for (const [at, index] of newIndices.entries()) {
      const near = await findNearest(parseVector(vectors[at] ?? '[]'), keptVideoIds, NEIGHBORS);
      const neighbors = near.flatMap(({ segment_id, score }): Neighbor[] => {
        const place = placeOf.get(segment_id);
        return place ? [{ place, score }] : [];
      });
      places[index] = placeAmong(neighbors, Number.parseInt(ids[at]?.slice(0, 6) ?? '0', 16) || at);
    }
    return { points: places.map((place) => place ?? [0.5, 0.5]), settledRows: best.settledRows };
  }

  async #store(key: string, { points, settledRows }: Layout, { owner, segments }: MapRequest): Promise<void> {
    const row = {
      points: toBytes(points),
      owner,
      segments: toDigestBytes(segments.map(getDigest)),
      rows: points.length,
      settled_rows: settledRows,
    };
    await this.#db
      .insertInto('projections')
      .values({ key, ...row })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
      .execute();
    await sql`
      delete from projections where key in (select key from projections order by used_at desc offset ${MAX_MAPS})`.execute(
      this.#db,
    );
  }
}

function getKey(segments: readonly MapSegment[]): string {
  const hash = createHash('sha256').update(LAYOUT);
  for (const { segment_id, version } of segments) hash.update(`${segment_id} ${version}\n`);
  return hash.digest('hex');
}

/** Projects all vectors, in a process of its own. */
async function layOut({ segments, loadVectors }: MapRequest): Promise<Layout> {
  const vectors = await loadVectors(segments.map(({ segment_id }) => segment_id));
  const data = new Float32Array(vectors.length * DIMENSION);
  for (const [row, vector] of vectors.entries()) data.set(parseVector(vector), row * DIMENSION);
  const matrix = { data, rows: vectors.length, columns: DIMENSION };
  const points = await runTask('projectMap', { matrix }, { timeoutMs: TIME_LIMIT_MS });
  return { points, settledRows: points.length };
}
