import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { MapStage } from '#api/contracts/map.ts';
import type { Db } from '../../db/database.ts';
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
const BASE_TIME_LIMIT_MS = 600_000;
/** 100,000 segments take about a minute and a half of an idle core. */
const TIME_LIMIT_MS_PER_SEGMENT = 10;
/** Neighbors that say where a new segment belongs. */
const NEIGHBORS = 8;
/** Maps that are looked at for one to start from. */
const MAX_CANDIDATES = 5;
/** What reading the vectors takes of the whole. */
const READING_FRACTION = 0.1;

export interface MapRequest {
  readonly owner: string;
  readonly count: number;
  /** The segments in order; made anew with each call, since most requests need their key alone. */
  segments(): Iterable<MapSegment>;
  /** Vectors of a few segments, in the order of the ids. */
  readVectors(segmentIds: readonly string[]): Promise<readonly Float32Array[]>;
  /** Writes all vectors into a file that is there while `work` runs. */
  withVectorFile<Result>(
    onProgress: (fraction: number) => void,
    work: (file: string) => Promise<Result>,
  ): Promise<Result>;
  /** The segments of some videos closest to a vector, best first. */
  findNearest(
    vector: Float32Array,
    videoIds: readonly string[],
    limit: number,
  ): Promise<readonly { readonly segment_id: string; readonly score: number }[]>;
}

/** Pairs of x and y, one after the other, in the order of the segments; 0 to 1. */
export type Places = Float64Array;

/** What is told while a layout is computed. */
export interface LayoutListener {
  /** `progress` is a fraction of the whole computation. */
  onProgress(stage: MapStage, progress: number): void;
  /** The layout as far as it is. */
  onDraft(places: Places): void;
}

interface KeptAnswer {
  readonly fingerprint: string;
  readonly answer: Buffer;
}

interface Layout {
  readonly places: Places;
  readonly settledRows: number;
}

export function toPlaces(bytes: Uint8Array): Places {
  return new Float64Array(new Uint8Array(bytes).buffer);
}

export const toBytes = ({ buffer, byteOffset, byteLength }: Places) => Buffer.from(buffer, byteOffset, byteLength);

/** Bytes for and from the database, as text: the embedded one takes ten times as long for bytes. */
export const toBytea = (bytes: Buffer) => sql<Buffer>`decode(${bytes.toString('base64')}, 'base64')`;
export const fromBytea = (column: 'points' | 'answer' | 'draft') => sql<string>`encode(${sql.ref(column)}, 'base64')`;

const toPoints = (places: Places): Point[] =>
  Array.from({ length: places.length / 2 }, (_, index) => [places[index * 2] ?? 0, places[index * 2 + 1] ?? 0]);

const IGNORE: LayoutListener = { onProgress: () => undefined, onDraft: () => undefined };

/** Places segments on the map, and keeps what it has placed in the database. */
export class ProjectionService {
  readonly #db: Db;
  /** Maps that are being computed, so that requests at the same time share one. */
  readonly #computing = new Map<string, Promise<Places>>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Places that are known, without reading a vector; null where there are none. */
  async find(key: string): Promise<Places | null> {
    const kept = await this.#db
      .updateTable('projections')
      .set({ used_at: sql<Date>`now()` })
      .where('key', '=', key)
      .returning(fromBytea('points').as('points'))
      .executeTakeFirst();
    return kept ? toPlaces(Buffer.from(kept.points, 'base64')) : null;
  }

  /** The answer that was kept under a fingerprint; null when there is none. */
  async findAnswer(owner: string, fingerprint: string): Promise<Buffer | null> {
    const kept = await this.#db
      .updateTable('projections')
      .set({ used_at: sql<Date>`now()` })
      .where('owner', '=', owner)
      .where('fingerprint', '=', fingerprint)
      .returning(fromBytea('answer').as('answer'))
      .executeTakeFirst();
    return kept ? Buffer.from(kept.answer, 'base64') : null;
  }

  /** Keeps an answer with the layout it shows, unless that is another one by now. */
  async keepAnswer(key: string, places: Places, { fingerprint, answer }: KeptAnswer): Promise<void> {
    const digest = createHash('md5').update(toBytes(places)).digest('hex');
    await this.#db
      .updateTable('projections')
      .set({ fingerprint, answer: toBytea(answer) })
      .where('key', '=', key)
      .where(sql<string>`md5(points)`, '=', digest)
      .execute();
  }

  /**
   * Places for segments. The same segments get the same places. A map of which most is known from another one keeps the
   * places of that: the new segments are put among their neighbors. Vectors are read only for a map that is not known.
   */
  async place(request: MapRequest, listener = IGNORE): Promise<Places> {
    const key = getMapKey(request);
    const compute = async () => (await this.#extend(request)) ?? (await layOut(request, listener));
    return (await this.find(key)) ?? this.#share(key, compute, request);
  }

  /** Lays the map of these segments out anew, all of it. */
  layOutAgain(request: MapRequest, listener = IGNORE): Promise<Places> {
    return this.#share(getMapKey(request), () => layOut(request, listener), request);
  }

  #share(key: string, compute: () => Promise<Layout>, request: MapRequest): Promise<Places> {
    const known = this.#computing.get(key);
    if (known) return known;
    const computing = compute()
      .then(async (layout) => {
        await this.#store(key, layout, request);
        return layout.places;
      })
      .finally(() => this.#computing.delete(key));
    this.#computing.set(key, computing);
    return computing;
  }

  /** Adds what is new to the most similar map of the same owner; null when there is none that is similar enough. */
  async #extend(request: MapRequest): Promise<Layout | null> {
    const { owner, count, readVectors, findNearest } = request;
    const segments = [...request.segments()];
    const candidates = await this.#db
      .selectFrom('projections')
      .select(['points', 'segments', 'settled_rows'])
      .where('owner', '=', owner)
      .where('rows', '>=', Math.floor((count * 2) / 3))
      .where('rows', '<=', Math.ceil(count * 1.25))
      .orderBy('used_at', 'desc')
      .limit(MAX_CANDIDATES)
      .execute();
    let best: { plan: Extension; settledRows: number } | null = null;
    for (const { points, segments: digests, settled_rows: settledRows } of candidates) {
      if (!digests) continue;
      const known = { points: toPoints(toPlaces(points)), digests: toDigests(digests), settledRows };
      const plan = planExtension(segments, known);
      if (plan && (!best || plan.newIndices.length < best.plan.newIndices.length)) best = { plan, settledRows };
    }
    if (!best) return null;
    const { places, newIndices, keptVideoIds } = best.plan;
    const placeOf = new Map(segments.map(({ segment_id }, index) => [segment_id, places[index] ?? null]));
    const ids = newIndices.flatMap((index) => segments[index]?.segment_id ?? []);
    const vectors = await readVectors(ids);
    for (const [at, index] of newIndices.entries()) {
      const vector = vectors[at];
      const near = vector ? await findNearest(vector, keptVideoIds, NEIGHBORS) : [];
      const neighbors = near.flatMap(({ segment_id, score }): Neighbor[] => {
        const place = placeOf.get(segment_id);
        return place ? [{ place, score }] : [];
      });
      places[index] = placeAmong(neighbors, Number.parseInt(ids[at]?.slice(0, 6) ?? '0', 16) || at);
    }
    return {
      places: Float64Array.from(places.flatMap((place) => place ?? [0.5, 0.5])),
      settledRows: best.settledRows,
    };
  }

  async #store(key: string, { places, settledRows }: Layout, request: MapRequest): Promise<void> {
    const row = {
      points: toBytea(toBytes(places)),
      owner: request.owner,
      segments: toBytea(toDigestBytes(Array.from(request.segments(), getDigest))),
      rows: request.count,
      settled_rows: settledRows,
      fingerprint: null,
      answer: null,
    };
    await this.#db
      .insertInto('projections')
      .values({ key, ...row })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
      .execute();
    await sql`
      delete from projections where key in (
        select key from projections where owner = ${request.owner} order by used_at desc offset ${MAX_MAPS})`.execute(
      this.#db,
    );
  }
}

/** Names a map: which segments it has, of what their vectors were made, and how it is laid out. */
export function getMapKey({ segments }: Pick<MapRequest, 'segments'>): string {
  const hash = createHash('sha256').update(LAYOUT);
  for (const { segment_id, version } of segments()) hash.update(`${segment_id} ${version}\n`);
  return hash.digest('hex');
}

/** Projects all vectors, in a process of its own. */
async function layOut({ count, withVectorFile }: MapRequest, { onProgress, onDraft }: LayoutListener): Promise<Layout> {
  const places = await withVectorFile(
    (fraction) => onProgress('reading', READING_FRACTION * fraction),
    (vectors) =>
      runTask(
        'projectMap',
        { vectors },
        {
          timeoutMs: BASE_TIME_LIMIT_MS + TIME_LIMIT_MS_PER_SEGMENT * count,
          onProgress: (fraction) => onProgress('placing', READING_FRACTION + (1 - READING_FRACTION) * fraction),
          onDraft,
        },
      ),
  );
  return { places, settledRows: count };
}
