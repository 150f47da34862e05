import { formatCsv } from '#lib/csv.ts';
import type { EmbeddingRow } from './embedding-rows.ts';

const TEXTS = ['id', 'video_id', 'video', 'start', 'end', 'embedding_scope', 'embedding_option'] as const;
const NUMBERS = ['start_ms', 'end_ms'] as const;

export type VectorFormat = 'jsonl' | 'csv' | 'parquet';

/** One JSON object a line. */
export const toJsonl = (rows: readonly EmbeddingRow[]): Blob =>
  new Blob(
    rows.map((row) => `${JSON.stringify(row)}\n`),
    { type: 'application/jsonl' },
  );

/** A column for each dimension: `e0`, `e1` … */
export function toCsv(rows: readonly EmbeddingRow[]): Blob {
  const dimensions = rows[0]?.embedding.length ?? 0;
  const header = [...TEXTS, ...NUMBERS, ...Array.from({ length: dimensions }, (_, at) => `e${at}`)];
  return new Blob(
    [
      formatCsv(
        header,
        rows.map((row) => [
          ...TEXTS.map((name) => row[name]),
          ...NUMBERS.map((name) => row[name] ?? ''),
          ...row.embedding,
        ]),
      ),
    ],
    {
      type: 'text/csv',
    },
  );
}

/** Parquet: texts, times in milliseconds, and `embedding` as a list of 32-bit floats. The writer is loaded when it is first needed. */
export async function toParquet(rows: readonly EmbeddingRow[]): Promise<Blob> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const buffer = parquetWriteBuffer({
    columnData: [
      ...TEXTS.map((name) => ({ name, data: rows.map((row) => row[name]) })),
      ...NUMBERS.map((name) => ({ name, data: rows.map((row) => row[name]) })),
      { name: 'embedding', data: rows.map((row) => [...row.embedding]) },
    ],
    schema: [
      { name: 'root', num_children: TEXTS.length + NUMBERS.length + 1 },
      ...TEXTS.map(
        (name) => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }) as const,
      ),
      ...NUMBERS.map((name) => ({ name, type: 'INT32', repetition_type: 'OPTIONAL' }) as const),
      { name: 'embedding', num_children: 1, converted_type: 'LIST', repetition_type: 'REQUIRED' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ],
    // Vectors do not compress; their statistics say nothing.
    statistics: false,
  });
  return new Blob([buffer], { type: 'application/vnd.apache.parquet' });
}

/** Rows as a file of a format. */
export const vectorFile = (format: VectorFormat, rows: readonly EmbeddingRow[]): Blob | Promise<Blob> =>
  ({ jsonl: toJsonl, csv: toCsv, parquet: toParquet })[format](rows);
