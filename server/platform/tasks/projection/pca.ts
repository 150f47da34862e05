import { randomFrom } from './random.ts';

/** Vectors of one length, packed row by row. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

const ITERATIONS = 6;
/** The components of so many rows are those of all, as far as a map can show. */
const MAX_SAMPLED_ROWS = 2_500;

function getMeans({ data, rows, columns }: Matrix): Float64Array {
  const means = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1, at += 1) means[column] = (means[column] ?? 0) + (data[at] ?? 0);
  return means.map((sum) => sum / rows);
}

/** Gram-Schmidt over rows, in place; rows that depend on earlier ones become zero. */
function orthonormalize(basis: Float64Array[]): void {
  for (const [index, row] of basis.entries()) {
    for (const earlier of basis.slice(0, index)) {
      const along = row.reduce((sum, value, at) => sum + value * (earlier[at] ?? 0), 0);
      for (let at = 0; at < row.length; at += 1) row[at] = (row[at] ?? 0) - along * (earlier[at] ?? 0);
    }
    const norm = Math.hypot(...row);
    for (let at = 0; at < row.length; at += 1) row[at] = norm > 1e-9 ? (row[at] ?? 0) / norm : 0;
  }
}

/** Coordinates of one row, less the means, along each axis. */
function project({ data, columns }: Matrix, row: number, basis: readonly Float64Array[], offsets: Float64Array) {
  const coordinates = new Float64Array(basis.length);
  const from = row * columns;
  for (const [index, axis] of basis.entries()) {
    let sum = 0;
    for (let column = 0; column < columns; column += 1) sum += (data[from + column] ?? 0) * (axis[column] ?? 0);
    coordinates[index] = sum - (offsets[index] ?? 0);
  }
  return coordinates;
}

/** What the means have along each axis: taken off once for each row instead of from each of its numbers. */
const getOffsets = (means: Float64Array, basis: readonly Float64Array[]) =>
  Float64Array.from(basis, (axis) => axis.reduce((sum, value, at) => sum + value * (means[at] ?? 0), 0));

/**
 * The first principal components of some vectors, by subspace iteration (Halko et al. 2011) over at most some thousand of them:
 * rows x `components` coordinates, row by row. The same input always gives the same output.
 */
export function principalComponents(matrix: Matrix, components: number): Matrix {
  const { data, rows, columns } = matrix;
  const count = Math.min(components, columns, rows);
  const means = getMeans(matrix);
  const step = Math.max(1, Math.ceil(rows / MAX_SAMPLED_ROWS));
  const random = randomFrom(1);
  let basis = Array.from({ length: count }, () => Float64Array.from({ length: columns }, () => random() - 0.5));
  orthonormalize(basis);
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const next = basis.map(() => new Float64Array(columns));
    const offsets = getOffsets(means, basis);
    for (let row = 0; row < rows; row += step) {
      const coordinates = project(matrix, row, basis, offsets);
      for (const [index, axis] of next.entries()) {
        const weight = coordinates[index] ?? 0;
        const from = row * columns;
        for (let column = 0; column < columns; column += 1)
          axis[column] = (axis[column] ?? 0) + weight * ((data[from + column] ?? 0) - (means[column] ?? 0));
      }
    }
    orthonormalize(next);
    basis = next;
  }
  const offsets = getOffsets(means, basis);
  const reduced = new Float32Array(rows * count);
  for (let row = 0; row < rows; row += 1) reduced.set(project(matrix, row, basis, offsets), row * count);
  return { data: reduced, rows, columns: count };
}
