import { open } from 'node:fs/promises';
import { DIMENSION } from '../../embedding/embedding-model.ts';
import type { Matrix } from './pca.ts';

/** pgvector's binary form of a vector: its dimension and two spare bytes, then floats in network order. */
const HEADER_BYTES = 4;
export const ROW_BYTES = HEADER_BYTES + DIMENSION * 4;
const ROW_BATCH_SIZE = 1_000;

/** Vectors from rows of that form. `rows` is changed. */
export function fromVectorRows(rows: Buffer): Float32Array[] {
  return Array.from({ length: rows.length / ROW_BYTES }, (_, index) => {
    const floats = rows.subarray(index * ROW_BYTES + HEADER_BYTES, (index + 1) * ROW_BYTES).swap32();
    // A copy, since a view would have to begin at a multiple of four.
    return new Float32Array(new Uint8Array(floats).buffer);
  });
}

/** Reads a file of such rows. */
export async function readVectorFile(file: string): Promise<Matrix> {
  const handle = await open(file, 'r');
  try {
    const rows = Math.floor((await handle.stat()).size / ROW_BYTES);
    const data = new Float32Array(rows * DIMENSION);
    const buffer = Buffer.alloc(ROW_BATCH_SIZE * ROW_BYTES);
    for (let row = 0; row < rows; row += ROW_BATCH_SIZE) {
      const length = Math.min(ROW_BATCH_SIZE, rows - row) * ROW_BYTES;
      const { bytesRead } = await handle.read(buffer, 0, length, row * ROW_BYTES);
      if (bytesRead < length) throw new Error('the vectors could not be read');
      const vectors = fromVectorRows(buffer.subarray(0, length));
      for (const [index, vector] of vectors.entries()) data.set(vector, (row + index) * DIMENSION);
    }
    return { data, rows, columns: DIMENSION };
  } finally {
    await handle.close();
  }
}
