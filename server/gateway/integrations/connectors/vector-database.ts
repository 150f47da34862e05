import type { DatabaseHit, IndexState } from '../../../../src/api/contracts/integrations.ts';
import { IntegrationError } from '../integration-error.ts';

/** A segment as a row. Its id is uuid5(NAMESPACE_URL, "video_id|start|end"), so writing it twice changes nothing. */
export interface VectorRow {
  readonly id: string;
  readonly video_id: string;
  readonly start: string;
  readonly end: string;
  readonly vector: number[];
}

/** What the studio needs of a vector database; each of the five stands behind its official client. */
export interface VectorDatabase {
  /** What is there now. Throws when the database cannot be reached or does not let us in. */
  describe(): Promise<IndexState>;
  /** Makes the index, for the cosine of vectors of so many numbers. */
  create(dimension: number): Promise<void>;
  /** Writes rows, over those with the same id; resolves when the database has confirmed them. */
  upsert(rows: readonly VectorRow[]): Promise<void>;
  /** The `limit` rows nearest to a vector by cosine, nearest first. */
  query(vector: number[], limit: number): Promise<DatabaseHit[]>;
  close(): Promise<void>;
}

/** The vectors have length 1, so the dot product is their cosine. */
const FITTING = new Set(['cosine', 'dot']);

/** Throws unless vectors of so many numbers can be compared by cosine in what is there; null asks for the metric alone. */
export function checkFit({ exists, dimension, metric }: IndexState, wanted: number | null): void {
  if (!exists) return;
  if (metric !== null && !FITTING.has(metric)) {
    throw new IntegrationError(
      'wrong_metric',
      `The index compares by “${metric}”; these vectors need cosine (or the dot product). Choose another index.`,
    );
  }
  if (wanted !== null && dimension !== null && dimension !== wanted) {
    throw new IntegrationError(
      'wrong_dimension',
      `The index holds vectors with ${dimension} dimensions; these have ${wanted}. Choose another index.`,
    );
  }
}

/** Makes the index where there is none; throws when what is there does not fit. */
export async function ensureIndex(database: VectorDatabase, dimension: number): Promise<void> {
  const state = await database.describe();
  checkFit(state, dimension);
  if (!state.exists) await database.create(dimension);
}

/** The rows nearest to a vector; where that fails, the sentence says what is wrong with the index. */
export async function askDatabase(database: VectorDatabase, vector: number[], limit: number): Promise<DatabaseHit[]> {
  try {
    return await database.query(vector, limit);
  } catch (error) {
    const state = await database.describe();
    if (!state.exists) {
      throw new IntegrationError('missing_index', 'There are no vectors in this database yet: push some first.', {
        cause: error,
      });
    }
    checkFit(state, vector.length);
    throw error;
  }
}
