/** What the contract servers share: vectors by id, and which of them are nearest. */
export interface StoredRow {
  readonly id: string;
  readonly vector: readonly number[];
  readonly payload: Record<string, unknown>;
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

export const cosine = (a: readonly number[], b: readonly number[]) => dot(a, b) / Math.hypot(...a) / Math.hypot(...b);

/** The rows nearest to a vector by cosine, nearest first. */
export const findNearest = (rows: Iterable<StoredRow>, vector: readonly number[], limit: number) =>
  [...rows]
    .map((row) => ({ ...row, score: cosine(row.vector, vector) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
