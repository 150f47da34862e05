import pRetry from 'p-retry';
import type { Client } from '../../../src/api/client.ts';
import type { VideoEmbeddingsResponse } from '../../../src/api/contracts/embeddings.ts';
import { segmentRowId } from '../../../src/api/segment-id.ts';
import { checkFit, ensureIndex, type VectorDatabase, type VectorRow } from './connectors/vector-database.ts';
import { IntegrationError, isTransient } from './integration-error.ts';

/** Rows in one request: about 1.3 MB of JSON, below the 2 MB that Pinecone takes at most. */
const BATCH = 100;
const RETRIES = 3;
const MODEL_CHANGED = 'Searches use another model than when this push began. Push again to replace its vectors.';

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
  /** The model of the vectors that this push has written already; null before the first ones. */
  readonly model: string | null;
  getVectors(videoId: string): Promise<VideoEmbeddingsResponse>;
  /** Called once with the model of the vectors, before any are written. */
  onModel(model: string): Promise<void>;
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
  { videoIds, signal, model: knownModel, getVectors, onModel, onRows, onVideo }: PushOptions,
): Promise<void> {
  checkFit(await database.describe(), null);
  let dimension: number | null = null;
  let model = knownModel;
  for (const videoId of videoIds) {
    signal.throwIfAborted();
    const vectors = await getVectors(videoId);
    // Vectors of two models cannot be compared with each other.
    if (vectors.model && model !== null && vectors.model !== model) throw new Error(MODEL_CHANGED);
    if (vectors.model && model === null) {
      model = vectors.model;
      await onModel(model);
    }
    const rows = await toRows(vectors);
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

/** Videos whose vectors are cached, so that a retry after a failure costs nothing. */
const MAX_CACHED_VIDEOS = 50;

/** Where a push gets its vectors. */
export class VectorSource {
  readonly #client: Client;
  readonly #getServingModel: (signal: AbortSignal) => Promise<string | null>;
  readonly #cache = new Map<string, VideoEmbeddingsResponse>();

  /** `getServingModel` asks for the model whose vectors the platform has now; null where it does not say. */
  constructor(client: Client, getServingModel: (signal: AbortSignal) => Promise<string | null>) {
    this.#client = client;
    this.#getServingModel = getServingModel;
  }

  /** Fetches the vectors of a video: a credit, unless they were fetched before, by the same model, and not released since. */
  async get(videoId: string, signal: AbortSignal): Promise<VideoEmbeddingsResponse> {
    const known = this.#cache.get(videoId);
    // They stay cached when the model cannot be asked for: they are paid.
    const isCurrent = known !== undefined && (known.model ?? null) === (await this.#getServingModel(signal));
    // Set again below, as the newest of the cache.
    this.#cache.delete(videoId);
    const vectors = isCurrent ? known : await this.#client.embeddings.video(videoId, { signal });
    this.#cache.set(videoId, vectors);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MAX_CACHED_VIDEOS && oldest !== undefined) this.#cache.delete(oldest);
    return vectors;
  }

  /** Has the vectors of a video fetched again next time: they may be others by then. */
  release(videoId: string): void {
    this.#cache.delete(videoId);
  }
}
