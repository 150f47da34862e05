import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Platform } from '../context.ts';
import type { Tables } from '../db/tables.ts';
import { captionOf } from '../embed/describe.ts';
import { Problem } from '../problem.ts';
import { runTask } from '../tasks/run-task.ts';
import type { SegmentObservation } from '../vision/observation.ts';
import { mainRendition } from './renditions.ts';

/** One run of a stage: whose, whom to tell, and when to stop. */
export interface StageRun {
  readonly videoId: string;
  readonly onProgress: (fraction: number) => void;
  readonly signal: AbortSignal;
}

interface Observing {
  readonly listeners: Set<StageRun['onProgress']>;
  readonly done: Promise<void>;
}

/** Both pipelines need the same look at a video; whoever comes second waits for the first. */
const observing = new Map<string, Observing>();

/** The vector of a segment as SQL. */
export async function segmentVector(
  { embedder, layout }: Platform,
  videoId: string,
  { observation, thumbnail }: { observation: SegmentObservation; thumbnail: string },
): Promise<RawBuilder<string>> {
  const vector = await embedder.embedSegment({
    observation,
    thumbnail: path.join(layout.segments(videoId), thumbnail),
  });
  return sql<string>`${`[${vector.join(',')}]`}::vector`;
}

/**
 * Writes down what was seen. A segment keeps its id when the video is looked at again, and one that was searchable stays
 * so, with the vector of what is seen now.
 */
async function save(platform: Platform, videoId: string, observations: readonly SegmentObservation[]): Promise<void> {
  const { db } = platform;
  const searchable = await db
    .selectFrom('segments')
    .select('segment_id')
    .where('video_id', '=', videoId)
    .where('embedding', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  const rows = await Promise.all(
    observations.map(async (observation) => {
      const { index: position, start, end, thumbnail } = observation;
      const embedding = searchable ? await segmentVector(platform, videoId, { observation, thumbnail }) : null;
      const seen = { start_s: start, end_s: end, thumbnail, caption: captionOf(observation), embedding };
      return { position, seen: { ...seen, observation: JSON.stringify(observation) } };
    }),
  );
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('segments')
      .where('video_id', '=', videoId)
      .where('position', '>=', observations.length)
      .execute();
    for (const { position, seen } of rows) {
      await trx
        .insertInto('segments')
        .values({ segment_id: randomUUID(), video_id: videoId, position, ...seen })
        .onConflict((conflict) => conflict.columns(['video_id', 'position']).doUpdateSet(seen))
        .execute();
    }
    await trx.updateTable('videos').set({ observed_at: new Date() }).where('video_id', '=', videoId).execute();
  });
}

async function look(platform: Platform, { videoId, onProgress, signal }: StageRun): Promise<void> {
  const input = await mainRendition(platform.layout, videoId);
  if (!input) throw new Problem(409, 'The video has not been transcoded yet.');
  const folder = platform.layout.segments(videoId);
  const incoming = `${folder}.incoming`;
  await rm(incoming, { recursive: true, force: true });
  const observations = await runTask('observe', { input, outputDir: incoming }, { onProgress, signal });
  await rm(folder, { recursive: true, force: true });
  await rename(incoming, folder);
  await save(platform, videoId, observations);
}

/**
 * Makes sure that a video was looked at: cuts it into segments, looks at each, keeps what is seen. Done once, until
 * `forgetLook`.
 */
export async function ensureObserved(platform: Platform, run: StageRun): Promise<void> {
  const running = observing.get(run.videoId);
  if (running) {
    running.listeners.add(run.onProgress);
    return running.done;
  }
  const listeners = new Set([run.onProgress]);
  const onProgress = (fraction: number) => {
    for (const listener of listeners) listener(fraction);
  };
  const done = lookOnce(platform, { ...run, onProgress }).finally(() => observing.delete(run.videoId));
  observing.set(run.videoId, { listeners, done });
  return done;
}

async function lookOnce(platform: Platform, run: StageRun): Promise<void> {
  const video = await platform.db
    .selectFrom('videos')
    .select('observed_at')
    .where('video_id', '=', run.videoId)
    .executeTakeFirst();
  if (video && !video.observed_at) await look(platform, run);
}

/** Has the next pipeline look at the video again. */
export async function forgetLook(db: Kysely<Tables>, videoId: string): Promise<void> {
  await db.updateTable('videos').set({ observed_at: null }).where('video_id', '=', videoId).execute();
}

/** Path of a segment's thumbnail among the objects, for signing. */
export const thumbnailPath = (videoId: string, thumbnail: string) => path.posix.join(videoId, 'segments', thumbnail);
