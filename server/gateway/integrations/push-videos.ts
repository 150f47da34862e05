import pRetry from 'p-retry';
import type { Client } from '../../../src/api/client.ts';
import type { VideoEmbeddingsResponse } from '../../../src/api/contracts/embeddings.ts';
import { segmentRowId } from '../../../src/api/segment-id.ts';
import { checkFit, ensureIndex, type VectorDatabase, type VectorRow } from './connectors/vector-database.ts';
import { IntegrationError, isTransient } from './integration-error.ts';

/** Rows in one request: about 1.3 MB of JSON, below the 2 MB that Pinecone takes at most. */
const BATCH = 100;
const RETRIES = 3;

/** The segments of a video as rows. */
function toRows({ id: video_id, data }: VideoEmbeddingsResponse): Promise<VectorRow[]> {
  return Promise.all(
    data.map(async ({ start, end, embedding }) => ({
      id: await segmentRowId(video_id, start ?? '', end ?? ''),
      video_id,
      start: start ?? '',
      end: end ?? '',
      vector: embedding,
    })),
  );
}

/** Writes rows, again where the database may take them a moment later. */
const upsertWithRetries = (database: VectorDatabase, rows: readonly VectorRow[], signal: AbortSignal) =>
  pRetry(() => database.upsert(rows), {
    retries: RETRIES,
    minTimeout: 500,
    randomize: true,
    // Not by `signal`: rows that are being written are confirmed, and count, also when the push is cancelled meanwhile.
    shouldRetry: ({ error }) => !signal.aborted && error instanceof IntegrationError && isTransient(error),
  });

interface PushOptions {
  readonly videoIds: readonly string[];
  readonly signal: AbortSignal;
  getVectors(videoId: string): Promise<VideoEmbeddingsResponse>;
  /** Called when the database has confirmed so many more rows. */
  onRows(rows: number): void;
  /** Called when all rows of a video are confirmed; the next video waits for it. */
  onVideo(videoId: string): Promise<void>;
}

/**
 * Writes the vectors of videos into a database, one video after the other. Whether the database can be reached and
 * compares as it has to is found out before a credit is spent. Throws an `IntegrationError`, the API layer's errors, or
 * what `signal` was aborted with.
 */
export async function pushVideos(
  database: VectorDatabase,
  { videoIds, signal, getVectors, onRows, onVideo }: PushOptions,
): Promise<void> {
  checkFit(await database.describe(), null);
  let dimension: number | null = null;
  for (const videoId of videoIds) {
    signal.throwIfAborted();
    const rows = await toRows(await getVectors(videoId));
    const wanted = rows[0]?.vector.length;
    if (wanted !== undefined && dimension === null) {
      await ensureIndex(database, wanted);
      dimension = wanted;
    }
    for (let at = 0; at < rows.length; at += BATCH) {
      signal.throwIfAborted();
      const batch = rows.slice(at, at + BATCH);
      await upsertWithRetries(database, batch, signal);
      onRows(batch.length);
    }
    await onVideo(videoId);
  }
}

/** Videos whose vectors are kept, so that trying again after a failure costs nothing. */
const KEPT = 50;

/** Fetches the vectors of a video: a credit, unless it is one of those that were asked for last. */
export function vectorSource(
  client: Client,
): (videoId: string, signal: AbortSignal) => Promise<VideoEmbeddingsResponse> {
  const kept = new Map<string, VideoEmbeddingsResponse>();
  return async (videoId, signal) => {
    const known = kept.get(videoId) ?? (await client.embeddings.video(videoId, { signal }));
    kept.delete(videoId);
    kept.set(videoId, known);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return known;
  };
}
