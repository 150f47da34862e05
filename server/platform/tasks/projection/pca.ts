import * as tf from '@tensorflow/tfjs-core';
import { computeInWasm } from '../../embedding/tensorflow-wasm.ts';
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
/** Rows that are multiplied at once: 16 MB of them. */
const ROW_BATCH_SIZE = 4_096;

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

/** Every `step`th row, less the means. */
function sampleRows({ data, rows, columns }: Matrix, step: number, means: Float64Array): tf.Tensor2D {
  const count = Math.ceil(rows / step);
  const sample = new Float32Array(count * columns);
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < columns; column += 1)
      sample[row * columns + column] = (data[row * step * columns + column] ?? 0) - (means[column] ?? 0);
  return tf.tensor2d(sample, [count, columns]);
}

/** Axes as the columns of a matrix. */
function toColumns(axes: readonly Float64Array[], length: number): tf.Tensor2D {
  const values = new Float32Array(length * axes.length);
  for (const [index, axis] of axes.entries())
    for (let at = 0; at < length; at += 1) values[at * axes.length + index] = axis[at] ?? 0;
  return tf.tensor2d(values, [length, axes.length]);
}

/** One step of the iteration: the axes turn towards those in which the rows differ most. */
function turnAxes(sample: tf.Tensor2D, transposed: tf.Tensor2D, axes: readonly Float64Array[]): Float64Array[] {
  const [, columns] = sample.shape;
  const values = tf
    .tidy(() => tf.matMul(transposed, tf.matMul(sample, toColumns(axes, columns))))
    .dataSync<'float32'>();
  return axes.map((_, index) =>
    Float64Array.from({ length: columns }, (_, at) => values[at * axes.length + index] ?? 0),
  );
}

/**
 * The first principal components of some vectors, by subspace iteration (Halko et al. 2011) over at most some thousand of them:
 * rows x `components` coordinates, row by row. Computed in WebAssembly. The same input always gives the same output.
 */
export async function principalComponents(matrix: Matrix, components: number): Promise<Matrix> {
  await computeInWasm();
  const { data, rows, columns } = matrix;
  const count = Math.min(components, columns, rows);
  const means = getMeans(matrix);
  const sample = sampleRows(matrix, Math.max(1, Math.ceil(rows / MAX_SAMPLED_ROWS)), means);
  const transposed = tf.transpose(sample);
  const random = randomFrom(1);
  let axes: Float64Array[] = Array.from({ length: count }, () =>
    Float64Array.from({ length: columns }, () => random() - 0.5),
  );
  orthonormalize(axes);
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    axes = turnAxes(sample, transposed, axes);
    orthonormalize(axes);
  }
  tf.dispose([sample, transposed]);
  // What the means have along each axis: taken off once for each row instead of from each of its numbers.
  const offsets = axes.map((axis) => axis.reduce((sum, value, at) => sum + value * (means[at] ?? 0), 0));
  const basis = toColumns(axes, columns);
  const reduced = new Float32Array(rows * count);
  for (let row = 0; row < rows; row += ROW_BATCH_SIZE) {
    const end = Math.min(rows, row + ROW_BATCH_SIZE);
    const part = tf.tidy(() =>
      tf.sub(tf.matMul(tf.tensor2d(data.subarray(row * columns, end * columns), [end - row, columns]), basis), offsets),
    );
    reduced.set(part.dataSync<'float32'>(), row * count);
    part.dispose();
  }
  basis.dispose();
  return { data: reduced, rows, columns: count };
}
