import type { VideoEmbeddingsResponse } from '#api/contracts/embeddings.ts';
import { segmentRowId } from '#api/segment-id.ts';
import { formatCsv } from '#ui/save-file.ts';

/** A segment's vector as a vector database keeps it. */
export interface EmbeddingRow {
  /** uuid5(NAMESPACE_URL, "video_id|start|end"), as in the SDK document's snippets. */
  readonly id: string;
  readonly video_id: string;
  readonly video: string;
  /** As the API gave them: `HH:MM:SS`. */
  readonly start: string;
  readonly end: string;
  /** Exact, where the platform tells. */
  readonly start_ms: number | null;
  readonly end_ms: number | null;
  readonly embedding_scope: string;
  readonly embedding_option: string;
  readonly embedding: readonly number[];
}

/** The vectors of videos as rows, videos and segments in the order in which they came. */
export function embeddingRows(
  videos: readonly VideoEmbeddingsResponse[],
  getName: (videoId: string) => string,
): Promise<EmbeddingRow[]> {
  return Promise.all(
    videos.flatMap(({ id, data }) =>
      data.map(async (segment) => ({
        id: await segmentRowId(id, segment.start ?? '', segment.end ?? ''),
        video_id: id,
        video: getName(id),
        start: segment.start ?? '',
        end: segment.end ?? '',
        start_ms: segment.start_ms ?? null,
        end_ms: segment.end_ms ?? null,
        embedding_scope: segment.embedding_scope ?? '',
        embedding_option: segment.embedding_option ?? '',
        embedding: segment.embedding,
      })),
    ),
  );
}

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
