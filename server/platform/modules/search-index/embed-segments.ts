import path from 'node:path';
import type { Platform } from '../../context.ts';
import type { Embedder } from '../../inference/embedder.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { runTask } from '../../tasks/run-task.ts';
import type { SegmentObservation } from '../../tasks/vision/observation.ts';
import { getMainRendition } from '../pipelines/outputs.ts';

export interface SegmentToEmbed {
  readonly start_s: number;
  readonly end_s: number;
  readonly observation: SegmentObservation;
  /** The picture, relative to the video's folder. */
  readonly thumbnail: string;
}

export interface EmbeddingRun {
  readonly videoId: string;
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** A segment that is longer is more than one frame can show. */
const SHORT_SECONDS = 2;
/** Of the work, where a model looks at pictures. */
const FRAMES_FRACTION = 0.3;

/** Where in a segment a model looks; seconds. */
function getFrameTimes({ start_s: start, end_s: end }: SegmentToEmbed): number[] {
  const fractions = end - start > SHORT_SECONDS ? [1 / 6, 1 / 2, 5 / 6] : [1 / 2];
  return fractions.map((fraction) => start + (end - start) * fraction);
}

/** Writes frames of segments; resolves to the files of each. */
async function writeFrames(
  { db, store }: Platform,
  { videoId, scratch, signal, onProgress = () => undefined }: EmbeddingRun,
  segments: readonly SegmentToEmbed[],
): Promise<string[][]> {
  const input = await store.fetch(toObjectKey(videoId, await getMainRendition(db, videoId)), scratch, signal);
  const times = segments.map(getFrameTimes);
  const files = await runTask(
    'frames',
    { input, outputDir: path.join(scratch, 'frames'), times: times.flat() },
    { signal, onProgress: (fraction) => onProgress(fraction * FRAMES_FRACTION) },
  );
  let next = 0;
  return Promise.all(
    times.map(async ({ length }, index) => {
      const own = files.slice(next, next + length).filter((file) => file !== null);
      next += length;
      if (own.length > 0) return own;
      return [await store.fetch(toObjectKey(videoId, segments[index]?.thumbnail ?? ''), scratch, signal)];
    }),
  );
}

/** The vectors of segments of one video as pgvector literals, in their order. */
export async function embedSegments(
  platform: Platform,
  embedder: Embedder,
  run: EmbeddingRun,
  segments: readonly SegmentToEmbed[],
): Promise<string[]> {
  const { signal, onProgress = () => undefined } = run;
  const pictures = embedder.usesPictures ? await writeFrames(platform, run, segments) : [];
  const before = embedder.usesPictures ? FRAMES_FRACTION : 0;
  const literals: string[] = [];
  for (const [index, { observation }] of segments.entries()) {
    signal.throwIfAborted();
    const vector = await embedder.embedSegment({ observation, fetchPictures: async () => pictures[index] ?? [] });
    literals.push(`[${vector.join(',')}]`);
    onProgress(before + ((1 - before) * (index + 1)) / segments.length);
  }
  return literals;
}
