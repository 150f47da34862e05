import { createHash } from 'node:crypto';
import { DIMENSION } from '../../embedding/embedder.ts';
import { runTask } from '../../tasks/run-task.ts';

type Point = [x: number, y: number];

/** Maps kept for selections that were asked for lately. */
const KEPT = 50;
const TIME_LIMIT_MS = 600_000;

/** Places segments on the map, in a process of its own, and remembers what it has placed. */
export class ProjectionService {
  readonly #known = new Map<string, Promise<Point[]>>();

  /** Places for segments, in their order; `vector` is a pgvector literal. The same segments always get the same places. */
  place(segments: readonly { segment_id: string; vector: string }[]): Promise<Point[]> {
    const hash = createHash('sha256');
    for (const { segment_id, vector } of segments) hash.update(segment_id).update(vector);
    const key = hash.digest('hex');
    const places = this.#known.get(key) ?? this.#compute(segments.map(({ vector }) => vector));
    this.#known.delete(key);
    this.#known.set(key, places);
    places.catch(() => this.#known.delete(key));
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest) this.#known.delete(oldest);
    return places;
  }

  #compute(vectors: readonly string[]): Promise<Point[]> {
    const data = new Float32Array(vectors.length * DIMENSION);
    for (const [row, vector] of vectors.entries())
      data.set(vector.slice(1, -1).split(',').map(Number), row * DIMENSION);
    const matrix = { data, rows: vectors.length, columns: DIMENSION };
    return runTask('projectMap', { matrix }, { timeoutMs: TIME_LIMIT_MS });
  }
}
