import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Platform } from '../context.ts';
import { captionOf } from '../embed/describe.ts';
import { Problem } from '../problem.ts';
import { runTask } from '../tasks/run-task.ts';
import type { SegmentObservation } from '../vision/observation.ts';
import { mainRendition } from './renditions.ts';

type OnProgress = (fraction: number) => void;

interface Observing {
  readonly listeners: Set<OnProgress>;
  readonly done: Promise<void>;
}

/** Both pipelines need the same look at a video; whoever comes second waits for the first. */
const observing = new Map<string, Observing>();

async function save(platform: Platform, videoId: string, observations: readonly SegmentObservation[]): Promise<void> {
  await platform.db.transaction().execute(async (trx) => {
    await trx.deleteFrom('segments').where('video_id', '=', videoId).execute();
    for (const observation of observations) {
      await trx
        .insertInto('segments')
        .values({
          segment_id: randomUUID(),
          video_id: videoId,
          position: observation.index,
          start_s: observation.start,
          end_s: observation.end,
          thumbnail: observation.thumbnail,
          caption: captionOf(observation),
          observation: JSON.stringify(observation),
          embedding: null,
        })
        .execute();
    }
  });
}

async function look(platform: Platform, videoId: string, onProgress: OnProgress): Promise<void> {
  const input = await mainRendition(platform.layout, videoId);
  if (!input) throw new Problem(409, 'The video has not been transcoded yet.');
  const folder = platform.layout.segments(videoId);
  const incoming = `${folder}.incoming`;
  await rm(incoming, { recursive: true, force: true });
  const observations = await runTask('observe', { input, outputDir: incoming }, { onProgress });
  await rm(folder, { recursive: true, force: true });
  await rename(incoming, folder);
  await save(platform, videoId, observations);
}

/** Makes sure that a video's segments exist: cuts it, looks at each segment, keeps what is seen. Done once a video. */
export async function ensureObserved(platform: Platform, videoId: string, onProgress: OnProgress): Promise<void> {
  const known = await platform.db
    .selectFrom('segments')
    .select('segment_id')
    .where('video_id', '=', videoId)
    .limit(1)
    .executeTakeFirst();
  if (known && !observing.has(videoId)) return;
  const running = observing.get(videoId);
  if (running) {
    running.listeners.add(onProgress);
    return running.done;
  }
  const listeners = new Set([onProgress]);
  const done = look(platform, videoId, (fraction) => {
    for (const listener of listeners) listener(fraction);
  }).finally(() => observing.delete(videoId));
  observing.set(videoId, { listeners, done });
  return done;
}

/** Path of a segment's thumbnail among the objects, for signing. */
export const thumbnailPath = (videoId: string, thumbnail: string) => path.posix.join(videoId, 'segments', thumbnail);
