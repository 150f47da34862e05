import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Platform } from '../context.ts';
import type { Stage } from '../db/tables.ts';
import { UnreadableMediaError } from '../tasks/protocol.ts';
import { runTask } from '../tasks/run-task.ts';
import { fetchVideo, findYtDlp, YoutubeRefusal } from '../youtube/yt-dlp.ts';
import { ensureObserved, type StageRun, segmentVector } from './observe-video.ts';

/** The work of each stage. Every one can be run again from the start: it writes aside, then renames. */

type StageWork = (platform: Platform, run: StageRun) => Promise<void>;

const renditionsFileSchema = z.array(
  z.object({ file: z.string(), width: z.number(), height: z.number(), bandwidth: z.number() }),
);
const RENDITIONS_FILE = 'renditions.json';

const download: StageWork = async ({ db, layout }, { videoId, signal }) => {
  const video = await db.selectFrom('videos').select('source_url').where('video_id', '=', videoId).executeTakeFirst();
  const program = await findYtDlp();
  if (!video?.source_url || !program)
    throw new UnreadableMediaError('YouTube cannot be reached: yt-dlp is not installed.');
  await mkdir(layout.video(videoId), { recursive: true });
  const incoming = `${layout.source(videoId)}.incoming`;
  await rm(incoming, { force: true });
  try {
    await fetchVideo(program, video.source_url, incoming, signal);
  } catch (error) {
    if (error instanceof YoutubeRefusal)
      throw new Error(`The video could not be fetched from YouTube (${error.code}).`);
    throw error;
  }
  await rename(incoming, layout.source(videoId));
};

const thumbnails: StageWork = async ({ layout }, { videoId, signal }) => {
  const output = layout.poster(videoId);
  await runTask('poster', { input: layout.source(videoId), output: `${output}.incoming` }, { signal });
  await rename(`${output}.incoming`, output);
};

const transcode: StageWork = async ({ db, layout }, { videoId, onProgress, signal }) => {
  const input = layout.source(videoId);
  const video = await db
    .selectFrom('videos')
    .select('use_dynamic_hls')
    .where('video_id', '=', videoId)
    .executeTakeFirst();
  if (!video) return;
  const metadata = await runTask('probe', { input }, { signal });
  await db
    .updateTable('videos')
    .set({ metadata: JSON.stringify(metadata) })
    .where('video_id', '=', videoId)
    .execute();
  const folder = layout.renditions(videoId);
  const incoming = `${folder}.incoming`;
  await rm(incoming, { recursive: true, force: true });
  const renditions = await runTask(
    'transcode',
    { input, outputDir: incoming, ladder: video.use_dynamic_hls },
    { onProgress, signal },
  );
  const named = renditions.map((rendition) => ({ ...rendition, file: path.basename(rendition.file) }));
  await writeFile(path.join(incoming, RENDITIONS_FILE), JSON.stringify(named));
  await rm(folder, { recursive: true, force: true });
  await rename(incoming, folder);
};

const hls: StageWork = async ({ layout }, { videoId, onProgress, signal }) => {
  const source = layout.renditions(videoId);
  const named = renditionsFileSchema.parse(JSON.parse(await readFile(path.join(source, RENDITIONS_FILE), 'utf8')));
  const renditions = named.map((rendition) => ({ ...rendition, file: path.join(source, rendition.file) }));
  const folder = layout.hls(videoId);
  const incoming = `${folder}.incoming`;
  await rm(incoming, { recursive: true, force: true });
  await runTask('packageHls', { renditions, outputDir: incoming }, { onProgress, signal });
  const [main] = renditions;
  const strip = layout.scrub(videoId);
  if (main) {
    await runTask('scrub', { input: main.file, output: `${strip}.incoming` }, { signal });
    await rename(`${strip}.incoming`, strip);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(incoming, folder);
};

const analyse: StageWork = (platform, run) => ensureObserved(platform, run);

const search: StageWork = async (platform, run) => {
  const { videoId, onProgress, signal } = run;
  await ensureObserved(platform, { ...run, onProgress: (fraction) => onProgress(fraction * 0.9) });
  const segments = await platform.db
    .selectFrom('segments')
    .select(['segment_id', 'observation', 'thumbnail'])
    .where('video_id', '=', videoId)
    .execute();
  for (const [index, { segment_id, observation, thumbnail }] of segments.entries()) {
    signal.throwIfAborted();
    const embedding = await segmentVector(platform, videoId, { observation, thumbnail });
    await platform.db.updateTable('segments').set({ embedding }).where('segment_id', '=', segment_id).execute();
    onProgress(0.9 + (0.1 * (index + 1)) / segments.length);
  }
};

export const STAGE_WORK: Readonly<Record<Stage, StageWork>> = { download, thumbnails, transcode, hls, analyse, search };
