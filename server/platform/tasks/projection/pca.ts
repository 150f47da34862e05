import { randomFrom } from './random.ts';

/** Vectors of one length, packed row by row. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

const ITERATIONS = 6;

function centered({ data, rows, columns }: Matrix): Float32Array {
  const means = new Float64Array(columns);
  for (let at = 0; at < data.length; at += 1) means[at % columns] = (means[at % columns] ?? 0) + (data[at] ?? 0) / rows;
  return data.map((value, at) => value - (means[at % columns] ?? 0));
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

function project(data: Float32Array, columns: number, row: number, basis: readonly Float64Array[]): Float64Array {
  const coordinates = new Float64Array(basis.length);
  const from = row * columns;
  for (const [index, axis] of basis.entries()) {
    let sum = 0;
    for (let column = 0; column < columns; column += 1) sum += (data[from + column] ?? 0) * (axis[column] ?? 0);
    coordinates[index] = sum;
  }
  return coordinates;
}

/**
 * The first principal components of some vectors, by subspace iteration (Halko et al. 2011): rows x `components`
 * coordinates. The same input always gives the same output.
 */
export function principalComponents(matrix: Matrix, components: number): number[][] {
  const { rows, columns } = matrix;
  const count = Math.min(components, columns, rows);
  const data = centered(matrix);
  const random = randomFrom(1);
  let basis = Array.from({ length: count }, () => Float64Array.from({ length: columns }, () => random() - 0.5));
  orthonormalize(basis);
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const next = basis.map(() => new Float64Array(columns));
    for (let row = 0; row < rows; row += 1) {
      const coordinates = project(data, columns, row, basis);
      for (const [index, axis] of next.entries()) {
        const weight = coordinates[index] ?? 0;
        for (let column = 0; column < columns; column += 1) {
          axis[column] = (axis[column] ?? 0) + weight * (data[row * columns + column] ?? 0);
        }
      }
    }
    orthonormalize(next);
    basis = next;
  }
  return Array.from({ length: rows }, (_, row) => [...project(data, columns, row, basis)]);
}
