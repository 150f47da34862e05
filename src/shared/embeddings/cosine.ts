/** Vectors one after the other; a row of NaN where one is not known. */
export interface VectorRows {
  readonly dimensions: number;
  readonly rows: Float32Array;
}

/** The cosine of each row with a vector; NaN where the row is not known. */
export function cosinesWith({ dimensions, rows }: VectorRows, vector: ArrayLike<number>): Float32Array {
  const length = Math.hypot(...Array.from(vector)) || 1;
  return Float32Array.from({ length: rows.length / dimensions }, (_, index) => {
    let [dot, square] = [0, 0];
    for (let at = 0; at < dimensions; at += 1) {
      const value = rows[index * dimensions + at] ?? 0;
      dot += value * (vector[at] ?? 0);
      square += value * value;
    }
    return dot / (length * (Math.sqrt(square) || 1));
  });
}

export interface Neighbor {
  readonly index: number;
  readonly cosine: number;
}

/** The rows nearest to a vector by cosine, nearest first; unknown ones are left out. */
export const nearestRows = (vectors: VectorRows, vector: ArrayLike<number>, count: number): Neighbor[] =>
  Array.from(cosinesWith(vectors, vector), (cosine, index) => ({ index, cosine }))
    .filter(({ cosine }) => !Number.isNaN(cosine))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count);
