import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Insertable, sql } from 'kysely';
import type { Platform } from '../../context.ts';
import type { Trx } from '../../db/database.ts';
import type { Tables } from '../../db/tables.ts';
import { getCaption } from '../../embedding/describe.ts';
import type { Embedder } from '../../inference/embedder.ts';
import type { StageResult, StageRun } from '../../jobs/stage-worker.ts';
import { getAttemptName, toObjectKey } from '../../objects/object-keys.ts';
import { runTask } from '../../tasks/run-task.ts';
import { embedSegments } from '../search-index/embed-segments.ts';
import { readServingName } from '../search-index/embedders.ts';
import { replaceScreenTexts } from '../transcripts/text-tracks.ts';
import { getMainRendition, getShots } from './outputs.ts';

/** Of the analysis, what is done when the model that embeds segments is loaded. */
const WARM_UP_AT = 0.6;
/** Of the stage's progress, what analyzing has been. */
const SEARCH_START = 0.9;

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

/** Loads the model that segments are embedded with, where a video waits for that: it is there then when they are. */
async function warmUpEmbedder({ db, embedders }: Platform, videoId: string): Promise<void> {
  const waiting = await db
    .selectFrom('stages')
    .select('stage')
    .where('video_id', '=', videoId)
    .where('stage', '=', 'search')
    .where('waits_for', '=', 'observe')
    .executeTakeFirst();
  if (!waiting) return;
  await (await embedders.getServing()).warmUp();
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
  const shots = await getShots(platform.db, videoId);
  let isWarm = false;
  const report = (fraction: number) => {
    onProgress(fraction);
    if (isWarm || fraction < WARM_UP_AT) return;
    isWarm = true;
    warmUpEmbedder(platform, videoId).catch((error: unknown) =>
      platform.log.warn({ err: error }, 'the embedder could not be loaded ahead'),
    );
  };
  const analysis = await runTask('analyzeVideo', { input, outputDir, shots }, { onProgress: report, signal });
  const { segments: observations, texts, textError } = analysis;
  if (textError !== null) platform.log.warn({ videoId, reason: textError }, 'text in the picture cannot be read');
  const bytes = await platform.store.putFolder(toObjectKey(videoId, getAttemptName(run)), outputDir);
  const isEmbedded = await isSearchable(platform.db, videoId);
  const segments = observations.map((observation) => ({
    observation,
    start_s: observation.start,
    end_s: observation.end,
    thumbnail: path.posix.join(getAttemptName(run), observation.thumbnail),
  }));
  const embedder = isEmbedded ? await platform.embedders.getServing() : null;
  const vectors = embedder
    ? await embedSegments(platform, embedder, { videoId, scratch: run.scratch, signal }, segments)
    : [];
  const rows: Omit<Insertable<Tables['segments']>, 'segment_id'>[] = segments.map(
    ({ observation, ...segment }, index) => ({
      ...segment,
      video_id: videoId,
      position: observation.index,
      caption: getCaption(observation),
      observation: JSON.stringify(observation),
      embedding: vectors[index] ?? null,
    }),
  );
  return {
    output: { bytes },
    publish: async (trx) => {
      // Became searchable meanwhile: these segments have no vectors, so the attempt has to be repeated.
      if (!isEmbedded && (await isSearchable(trx, videoId)))
        throw new Error('The video was made searchable while it was being analyzed.');
      if (embedder) await assertServing(trx, embedder);
      await trx
        .deleteFrom('segments')
        .where('video_id', '=', videoId)
        .where(sql<boolean>`position <> all(${rows.map(({ position }) => position)}::integer[])`)
        .execute();
      for (const row of rows) {
        await trx
          .insertInto('segments')
          .values({ segment_id: randomUUID(), ...row })
          // A segment keeps its id, and what people have said of it. What another model made of it is old.
          .onConflict((conflict) =>
            conflict.columns(['video_id', 'position']).doUpdateSet({ ...row, embedding_next: null }),
          )
          .execute();
      }
      if (textError === null) await replaceScreenTexts(trx, videoId, texts);
    },
  };
}

/** Throws when the index was switched to another embedder meanwhile: the attempt has to be repeated. */
async function assertServing(trx: Trx, embedder: Embedder): Promise<void> {
  if ((await readServingName(trx)) !== embedder.name)
    throw new Error('The search index was switched while vectors were being made.');
}

/** Makes the segments of a video searchable: one vector for each. */
export async function makeSearchable(platform: Platform, run: StageRun): Promise<StageResult> {
  const { videoId, signal, scratch } = run;
  const segments = await platform.db
    .selectFrom('segments')
    .select(['segment_id', 'start_s', 'end_s', 'observation', 'thumbnail'])
    .where('video_id', '=', videoId)
    .execute();
  const embedder = await platform.embedders.getServing();
  const onProgress = (fraction: number) => run.onProgress(SEARCH_START + (1 - SEARCH_START) * fraction);
  const vectors = await embedSegments(platform, embedder, { videoId, scratch, signal, onProgress }, segments);
  return {
    publish: async (trx) => {
      await assertServing(trx, embedder);
      const now = await trx
        .selectFrom('segments')
        .select(['segment_id', 'thumbnail'])
        .where('video_id', '=', videoId)
        .execute();
      // The picture's key names the observation: vectors of an older one do not belong to these segments.
      const embedded = new Set(segments.map(({ segment_id, thumbnail }) => `${segment_id} ${thumbnail}`));
      if (now.length !== segments.length || now.some((row) => !embedded.has(`${row.segment_id} ${row.thumbnail}`)))
        throw new Error('The video was analyzed again while its vectors were being made.');
      for (const [index, { segment_id }] of segments.entries()) {
        const embedding = vectors[index];
        await trx.updateTable('segments').set({ embedding }).where('segment_id', '=', segment_id).execute();
      }
    },
  };
}
