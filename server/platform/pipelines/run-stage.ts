import { rm } from 'node:fs/promises';
import type { Platform } from '../context.ts';
import { beginStage, setStage, stagesOf } from '../db/stages.ts';
import type { Stage } from '../db/tables.ts';
import type { JobAttempt } from '../jobs/queue.ts';
import { UnreadableMediaError } from '../tasks/protocol.ts';
import { STAGE_WORK } from './stages.ts';
import { startStages } from './start-preprocess.ts';

/** Progress is written at most this often. */
const REPORT_MS = 400;

async function exists(platform: Platform, videoId: string): Promise<boolean> {
  const video = await platform.db
    .selectFrom('videos')
    .select('video_id')
    .where('video_id', '=', videoId)
    .executeTakeFirst();
  return video !== undefined;
}

/** Removes what a stage wrote for a video that was deleted meanwhile. True when it was. */
async function clearedAway(platform: Platform, videoId: string): Promise<boolean> {
  if (await exists(platform, videoId)) return false;
  await rm(platform.layout.video(videoId), { recursive: true, force: true });
  return true;
}

/** Writes a stage's progress, which only ever grows, without a write for each message. */
function reporter(platform: Platform, videoId: string, stage: Stage) {
  let written = 0;
  let lastAt = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    report(fraction: number) {
      const percentage = Math.min(99, Math.floor(fraction * 100));
      if (percentage <= written || Date.now() - lastAt < REPORT_MS) return;
      written = percentage;
      lastAt = Date.now();
      last = setStage(platform.db, videoId, stage, { status: 'in_progress', percentage }).catch(() => undefined);
    },
    /** Resolves when the last report is in, so that it cannot overwrite the outcome. */
    settled: () => last,
  };
}

/** What follows a stage by itself. */
async function follow(platform: Platform, videoId: string, stage: Stage): Promise<void> {
  if (stage === 'transcode') await platform.queue.add({ videoId, stage: 'hls' });
  if (stage !== 'download') return;
  const video = await platform.db
    .selectFrom('videos')
    .select('owner')
    .where('video_id', '=', videoId)
    .executeTakeFirst();
  if (video) await startStages(platform, videoId, video.owner);
}

/** What cannot come to pass when a stage has failed. */
const FOLLOWERS: Partial<Record<Stage, readonly Stage[]>> = {
  download: ['thumbnails', 'transcode', 'hls'],
  transcode: ['hls'],
};

/** A stage that cannot come to pass because the one before it failed says so. */
async function failWithFollowers(platform: Platform, videoId: string, stage: Stage, sentence: string): Promise<void> {
  await setStage(platform.db, videoId, stage, { status: 'failed', percentage: 0, error: sentence });
  for (const follower of FOLLOWERS[stage] ?? []) {
    await setStage(platform.db, videoId, follower, { status: 'failed', percentage: 0, error: sentence });
  }
}

/** Runs one stage of one video and records how it went. Throws to have the job tried again. */
export async function runStage(platform: Platform, { videoId, stage, isLast }: JobAttempt): Promise<void> {
  if (!(await exists(platform, videoId))) return;
  const { report, settled } = reporter(platform, videoId, stage);
  await beginStage(platform.db, videoId, stage);
  try {
    await platform.running.during(videoId, (signal) =>
      STAGE_WORK[stage](platform, { videoId, onProgress: report, signal }),
    );
  } catch (error) {
    await settled();
    if (await clearedAway(platform, videoId)) return;
    const final = error instanceof UnreadableMediaError || isLast;
    const sentence = error instanceof Error ? error.message : 'Processing failed.';
    if (final) {
      await failWithFollowers(platform, videoId, stage, sentence);
      return;
    }
    await setStage(platform.db, videoId, stage, { status: 'pending', percentage: 0 });
    throw error;
  }
  await settled();
  if (await clearedAway(platform, videoId)) return;
  await setStage(platform.db, videoId, stage, { status: 'completed', percentage: 100 });
  await follow(platform, videoId, stage);
}

/** Puts every stage that was waiting or running when the process ended back into its queue. */
export async function resumeStages(platform: Platform): Promise<number> {
  const open = await platform.db
    .selectFrom('stages')
    .select(['video_id', 'stage'])
    .where('status', 'in', ['pending', 'in_progress'])
    .orderBy('updated_at')
    .execute();
  const states = await stagesOf(platform.db, [...new Set(open.map(({ video_id }) => video_id))]);
  let resumed = 0;
  for (const { video_id: videoId, stage } of open) {
    // What stands behind a stage that has yet to finish follows it by itself.
    const before = Object.entries(states.get(videoId) ?? {}).some(
      ([name, state]) => state.status !== 'completed' && FOLLOWERS[name as Stage]?.includes(stage),
    );
    if (before) continue;
    await platform.queue.add({ videoId, stage });
    resumed += 1;
  }
  return resumed;
}
