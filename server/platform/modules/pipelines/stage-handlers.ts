import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Platform } from '../../context.ts';
import type { Trx } from '../../db/database.ts';
import type { Stage } from '../../db/tables.ts';
import { enqueueStages } from '../../jobs/stage-queue.ts';
import type { StageHandler, StageRun } from '../../jobs/stage-worker.ts';
import { getAttemptName, toObjectKey } from '../../objects/object-keys.ts';
import { getSourceDigest } from '../../objects/source-digest.ts';
import { type Rendition, type SubtitleTrack, UnreadableMediaError, type VideoMetadata } from '../../tasks/protocol.ts';
import { runTask } from '../../tasks/run-task.ts';
import { recognizeSpeech } from '../transcripts/recognize-speech.ts';
import { parseSubtitleFile, SubtitleFileError } from '../transcripts/subtitle-file.ts';
import { type NewTrack, replaceTracks } from '../transcripts/text-tracks.ts';
import { chargeStorage } from '../uploads/create-video.ts';
import { fetchVideo, findYtDlp, YoutubeRefusal } from '../uploads/youtube/yt-dlp.ts';
import { analyzeVideo, makeSearchable } from './analyze-video.ts';
import { BACKFILL_PRIORITY } from './initiate-pipeline.ts';
import { getMainRendition, getOutput, RENDITION_VERSION } from './outputs.ts';

/** Of a ladder's progress, what encoding is. */
const ENCODE_FRACTION = 0.95;

/** A subtitle track of a source with its cues, as a list of one; of none where there are no words in it, or far too many. */
async function readTrack({ file, language, title }: SubtitleTrack): Promise<NewTrack[]> {
  try {
    return [{ language, title, cues: parseSubtitleFile(await readFile(file)) }];
  } catch (error) {
    // It plays all the same.
    if (error instanceof SubtitleFileError) return [];
    throw error;
  }
}

/** Whether speech was recognized in a video, or is about to be. */
async function isRecognized(trx: Trx, videoId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('stages')
    .select('stage')
    .where('video_id', '=', videoId)
    .where('stage', '=', 'speech')
    .where((eb) => eb.or([eb('published_at', 'is not', null), eb('status', 'in', ['pending', 'in_progress'])]))
    .executeTakeFirst();
  return row !== undefined;
}

/** Has an analysis that has not begun wait for a stage that was put before it. */
async function delayAnalysis(trx: Trx, videoId: string, stage: Stage): Promise<void> {
  await trx
    .updateTable('stages')
    .set({ waits_for: stage })
    .where('video_id', '=', videoId)
    .where('stage', '=', 'observe')
    .where('status', '=', 'pending')
    .execute();
}

/**
 * What each stage does. A handler works in a scratch folder, stores what it has made under its attempt's own name and returns
 * what is to be published; the queue publishes it together with the stage's completion.
 */
export function createStageHandlers(platform: Platform): Readonly<Record<Stage, StageHandler>> {
  const { db, store } = platform;

  async function getSource(videoId: string) {
    const video = await db
      .selectFrom('live_videos')
      .select(['source_key', 'source_url', 'use_dynamic_hls', 'metadata'])
      .where('video_id', '=', videoId)
      .executeTakeFirstOrThrow();
    return { ...video, key: toObjectKey(videoId, video.source_key ?? 'source') };
  }

  const fetchSource = async ({ videoId, scratch, signal }: StageRun) => {
    const source = await getSource(videoId);
    return { ...source, file: await store.fetch(source.key, scratch, signal) };
  };

  /** Stores the folder that an attempt has written. Resolves to its size in bytes. */
  const storeFolder = (run: StageRun, folder: string) =>
    store.putFolder(toObjectKey(run.videoId, getAttemptName(run)), folder);

  const download: StageHandler = async (run) => {
    const { videoId, owner, signal } = run;
    const { source_url } = await getSource(videoId);
    const program = await findYtDlp();
    if (!source_url || !program) throw new UnreadableMediaError('YouTube cannot be reached: yt-dlp is not installed.');
    const folder = path.join(run.scratch, 'out');
    await mkdir(folder);
    try {
      await fetchVideo(program, source_url, path.join(folder, 'source'), signal);
    } catch (error) {
      if (error instanceof YoutubeRefusal)
        throw new Error(`The video could not be fetched from YouTube (${error.code}).`);
      throw error;
    }
    const bytes = await storeFolder(run, folder);
    return {
      output: { bytes },
      publish: async (trx) => {
        await trx
          .updateTable('videos')
          .set({ source_key: path.posix.join(getAttemptName(run), 'source'), size_bytes: bytes })
          .where('video_id', '=', videoId)
          .execute();
        await chargeStorage(trx, owner, videoId, bytes);
      },
    };
  };

  const thumbnails: StageHandler = async (run) => {
    const { file: input } = await fetchSource(run);
    const folder = path.join(run.scratch, 'out');
    await mkdir(folder);
    await runTask('poster', { input, output: path.join(folder, 'poster.jpg') }, { signal: run.signal });
    const digest = await getSourceDigest(input);
    const bytes = await storeFolder(run, folder);
    return {
      output: { bytes, poster: path.posix.join(getAttemptName(run), 'poster.jpg') },
      publish: async (trx) => {
        await trx.updateTable('videos').set({ source_digest: digest }).where('video_id', '=', run.videoId).execute();
      },
    };
  };

  const transcode: StageHandler = async (run) => {
    const { videoId, signal, onProgress } = run;
    const { file: input, use_dynamic_hls: wantsLadder } = await fetchSource(run);
    const outputDir = path.join(run.scratch, 'out');
    const isDamaged = (await getOutput(db, videoId, 'check'))?.isDamaged ?? false;
    const transcoded = await runTask('transcode', { input, outputDir, mayCopy: !isDamaged }, { onProgress, signal });
    const { source, renditions, hasSteps, duration, frameRate, audioTracks, subtitleTracks, shots, warnings } =
      transcoded;
    // Before they are stored, which may move them.
    const tracks = (await Promise.all(subtitleTracks.map(readTrack))).flat();
    const bytes = await storeFolder(run, outputDir);
    const toKey = <File extends { readonly file: string }>(item: File): File => ({
      ...item,
      file: path.posix.join(getAttemptName(run), path.basename(item.file)),
    });
    // What plays is measured: headers are often wrong about it.
    const measured: VideoMetadata = {
      ...source,
      duration,
      video: { ...source.video, frameRate: Math.round(frameRate * 1000) / 1000 || source.video.frameRate },
      audio: audioTracks[0] ?? null,
      audioTracks,
      subtitleTracks: subtitleTracks.map(({ language, title }) => ({ language, title })),
      warnings,
    };
    return {
      output: {
        bytes,
        renditions: renditions.map(toKey),
        audioTracks,
        subtitleTracks: subtitleTracks.map(toKey),
        ...(shots ? { shots } : {}),
        version: RENDITION_VERSION,
      },
      publish: async (trx) => {
        await trx
          .updateTable('videos')
          .set({ metadata: JSON.stringify(measured) })
          .where('video_id', '=', videoId)
          .execute();
        await replaceTracks(trx, videoId, 'embedded', tracks);
        if (!shots) {
          await enqueueStages(trx, run, [{ stage: 'check' }], run.priority);
          await delayAnalysis(trx, videoId, 'check');
        }
        // Later: the main rendition plays long before the smaller ones are encoded.
        if (wantsLadder && hasSteps)
          await enqueueStages(trx, run, [{ stage: 'ladder', waitsFor: 'hls' }], BACKFILL_PRIORITY);
        // Recognized once: a service may charge for it.
        const isSpeechKnown = tracks.length > 0 || (await isRecognized(trx, videoId));
        if (audioTracks.length > 0 && !isSpeechKnown && (await platform.speech.isAvailable(trx)))
          await enqueueStages(trx, run, [{ stage: 'speech' }], run.priority);
      },
    };
  };

  /** Decodes a copy, which plays meanwhile. One that is damaged is encoded: what there is stays until that is done. */
  const check: StageHandler = async (run) => {
    const { videoId, signal, onProgress } = run;
    const rendition = toObjectKey(videoId, await getMainRendition(db, videoId));
    const input = await store.fetch(rendition, run.scratch, signal);
    const shots = await runTask('checkCopy', { input }, { onProgress, signal });
    if (shots) return { output: { shots } };
    return {
      output: { isDamaged: true },
      publish: async (trx) => {
        const encoding = [{ stage: 'transcode' }, { stage: 'hls', waitsFor: 'transcode' }] as const;
        await enqueueStages(trx, run, encoding, run.priority);
        await delayAnalysis(trx, videoId, 'transcode');
      },
    };
  };

  /** Packages the main rendition and those below it as HLS, and stores that as the attempt's. Progress is that of all of it. */
  async function packageRenditions(run: StageRun, steps: readonly Rendition[], onProgress: (fraction: number) => void) {
    const { videoId, signal } = run;
    const published = await getOutput(db, videoId, 'transcode');
    const duration = (await getSource(videoId)).metadata?.duration ?? 0;
    const fetchAll = <File extends { readonly file: string }>(items: readonly File[] = []): Promise<File[]> =>
      Promise.all(
        items.map(async (item) => ({
          ...item,
          file: await store.fetch(toObjectKey(videoId, item.file), run.scratch, signal),
        })),
      );
    const main = await fetchAll(published?.renditions);
    const subtitleTracks = await fetchAll(published?.subtitleTracks);
    const audioTracks = published?.audioTracks ?? [];
    const outputDir = path.join(run.scratch, 'out');
    const content = { renditions: [...main, ...steps], audioTracks, subtitleTracks, duration };
    const packaged = await runTask('packageHls', { ...content, outputDir }, { onProgress, signal });
    const key = getAttemptName(run);
    const scrub = packaged.scrub === null ? {} : { scrub: path.posix.join(key, packaged.scrub) };
    return { bytes: await storeFolder(run, outputDir), hls: key, ...scrub };
  }

  const hls: StageHandler = async (run) => ({ output: await packageRenditions(run, [], run.onProgress) });

  const ladder: StageHandler = async (run) => {
    const { videoId, signal, onProgress } = run;
    const { file: input } = await fetchSource(run);
    const steps = await runTask(
      'transcodeSteps',
      { input, outputDir: path.join(run.scratch, 'steps') },
      { onProgress: (fraction) => onProgress(ENCODE_FRACTION * fraction), signal },
    );
    const output = await packageRenditions(run, steps, (fraction) =>
      onProgress(ENCODE_FRACTION + (1 - ENCODE_FRACTION) * fraction),
    );
    return {
      output: {},
      // In the place of the package of the main rendition alone, which players that are open go on with for a day.
      publish: async (trx) => {
        await trx
          .updateTable('stages')
          .set({ output: JSON.stringify(output), published_at: sql<Date>`now()` })
          .where('video_id', '=', videoId)
          .where('stage', '=', 'hls')
          .execute();
      },
    };
  };

  return {
    download,
    thumbnails,
    transcode,
    check,
    hls,
    ladder,
    speech: (run) => recognizeSpeech(platform, run),
    observe: (run) => analyzeVideo(platform, run),
    // The analysis that it waits for is all that it asks for.
    analyse: async () => ({}),
    search: (run) => makeSearchable(platform, run),
  };
}
