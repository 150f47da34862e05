import type { VideoEmbeddingsResponse } from '#api/contracts/embeddings.ts';
import { segmentRowId } from '#api/segment-id.ts';

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
