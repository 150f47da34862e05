import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Insertable } from 'kysely';
import type { Platform } from '../../context.ts';
import type { Trx } from '../../db/database.ts';
import type { Tables } from '../../db/tables.ts';
import { getCaption } from '../../embedding/describe.ts';
import type { StageResult, StageRun } from '../../jobs/stage-worker.ts';
import { getAttemptName, toObjectKey } from '../../objects/object-keys.ts';
import { runTask } from '../../tasks/run-task.ts';
import type { SegmentObservation } from '../../tasks/vision/observation.ts';
import { replaceScreenTexts } from '../transcripts/text-tracks.ts';
import { getMainRendition } from './outputs.ts';

type SegmentVector = { readonly segment_id: string; readonly embedding: string };

/** The vector of a segment as a pgvector literal. */
async function embedSegment(
  { embedder, store }: Platform,
  { videoId, scratch, signal }: StageRun,
  { observation, thumbnail }: { observation: SegmentObservation; thumbnail: string },
): Promise<string> {
  const vector = await embedder.embedSegment({
    observation,
    fetchThumbnail: () => store.fetch(toObjectKey(videoId, thumbnail), scratch, signal),
  });
  return `[${vector.join(',')}]`;
}

async function isSearchable(db: Trx | Platform['db'], videoId: string): Promise<boolean> {
  const row = await db
    .selectFrom('segments')
    .select('segment_id')
    .where('video_id', '=', videoId)
    .where('embedding', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Cuts a video into segments, and detects what is in each and what is written in it. The segments of the last time are served
 * until these replace them, all at once; a segment keeps its id, and a video that was searchable stays so.
 */
export async function analyzeVideo(platform: Platform, run: StageRun): Promise<StageResult> {
  const { videoId, signal, onProgress } = run;
  const rendition = toObjectKey(videoId, await getMainRendition(platform.db, videoId));
  const input = await platform.store.fetch(rendition, run.scratch, signal);
  const outputDir = path.join(run.scratch, 'out');
  const analysis = await runTask('analyzeVideo', { input, outputDir }, { onProgress, signal });
  const { segments: observations, texts, textError } = analysis;
  if (textError !== null) platform.log.warn({ videoId, reason: textError }, 'text in the picture cannot be read');
  const bytes = await platform.store.putFolder(toObjectKey(videoId, getAttemptName(run)), outputDir);
  const isEmbedded = await isSearchable(platform.db, videoId);
  const rows: Omit<Insertable<Tables['segments']>, 'segment_id'>[] = [];
  for (const observation of observations) {
    signal.throwIfAborted();
    const thumbnail = path.posix.join(getAttemptName(run), observation.thumbnail);
    rows.push({
      video_id: videoId,
      position: observation.index,
      start_s: observation.start,
      end_s: observation.end,
      thumbnail,
      caption: getCaption(observation),
      observation: JSON.stringify(observation),
      embedding: isEmbedded ? await embedSegment(platform, run, { observation, thumbnail }) : null,
    });
  }
  return {
    output: { bytes },
    publish: async (trx) => {
      // Became searchable meanwhile: these segments have no vectors, so the attempt has to be repeated.
      if (!isEmbedded && (await isSearchable(trx, videoId)))
        throw new Error('The video was made searchable while it was being analyzed.');
      const old = await trx
        .selectFrom('segments')
        .select(['segment_id', 'position'])
        .where('video_id', '=', videoId)
        .execute();
      const ids = new Map(old.map(({ segment_id, position }) => [position, segment_id]));
      await trx.deleteFrom('segments').where('video_id', '=', videoId).execute();
      for (const row of rows) {
        await trx
          .insertInto('segments')
          .values({ segment_id: ids.get(row.position) ?? randomUUID(), ...row })
          .execute();
      }
      if (textError === null) await replaceScreenTexts(trx, videoId, texts);
    },
  };
}

/** Makes the segments of a video searchable: one vector for each. */
export async function embedSegments(platform: Platform, run: StageRun): Promise<StageResult> {
  const { videoId, signal, onProgress } = run;
  const segments = await platform.db
    .selectFrom('segments')
    .select(['segment_id', 'observation', 'thumbnail'])
    .where('video_id', '=', videoId)
    .execute();
  const vectors: SegmentVector[] = [];
  for (const [index, segment] of segments.entries()) {
    signal.throwIfAborted();
    vectors.push({ segment_id: segment.segment_id, embedding: await embedSegment(platform, run, segment) });
    onProgress(0.9 + (0.1 * (index + 1)) / segments.length);
  }
  return {
    publish: async (trx) => {
      const now = await trx
        .selectFrom('segments')
        .select(['segment_id', 'thumbnail'])
        .where('video_id', '=', videoId)
        .execute();
      // The picture's key names the observation: vectors of an older one do not belong to these segments.
      const embedded = new Set(segments.map(({ segment_id, thumbnail }) => `${segment_id} ${thumbnail}`));
      if (now.length !== segments.length || now.some((row) => !embedded.has(`${row.segment_id} ${row.thumbnail}`)))
        throw new Error('The video was analyzed again while its vectors were being made.');
      for (const { segment_id, embedding } of vectors) {
        await trx.updateTable('segments').set({ embedding: embedding }).where('segment_id', '=', segment_id).execute();
      }
    },
  };
}
