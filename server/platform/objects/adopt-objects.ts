import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import type { StageOutput } from '../db/tables.ts';
import type { LocalDiskStore } from './local-disk-store.ts';

const SETTING = 'adopted_objects';
const renditionsSchema = z.array(
  z.object({ file: z.string(), width: z.number(), height: z.number(), bandwidth: z.number() }),
);
const PART_NAME = /^(\d+)-([0-9a-f]{32})$/;

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** What version 0.1 wrote for a stage, which it kept in the names of files. */
async function describeOutput(store: LocalDiskStore, videoId: string, stage: string): Promise<StageOutput | null> {
  const has = (key: string) => exists(store.getPath(`${videoId}/${key}`));
  if (stage === 'thumbnails') return (await has('poster.jpg')) ? { poster: 'poster.jpg' } : null;
  if (stage === 'hls') {
    if (!(await has('hls/master.m3u8'))) return null;
    return { hls: 'hls', ...((await has('scrub.jpg')) ? { scrub: 'scrub.jpg' } : {}) };
  }
  if (stage !== 'transcode') return null;
  const text = await readFile(store.getPath(`${videoId}/renditions/renditions.json`), 'utf8').catch(() => null);
  if (text === null) return null;
  const renditions = renditionsSchema.parse(JSON.parse(text));
  return { renditions: renditions.map((one) => ({ ...one, file: `renditions/${one.file}` })) };
}

async function adoptParts(db: Db, store: LocalDiskStore, uploadId: string): Promise<void> {
  const folder = path.join(store.parts.root, uploadId);
  for (const file of await readdir(folder).catch(() => [])) {
    const match = PART_NAME.exec(file);
    if (!match?.[1] || !match[2]) continue;
    const { size } = await stat(path.join(folder, file));
    const row = { etag: `"${match[2]}"`, size_bytes: size, file };
    await db
      .insertInto('upload_parts')
      .values({ upload_id: uploadId, part_number: Number(match[1]), ...row })
      .onConflict((conflict) => conflict.columns(['upload_id', 'part_number']).doUpdateSet(row))
      .execute();
  }
}

/** Takes what version 0.1 kept in the names of files and folders into the database, once. */
export async function adoptObjects(db: Db, store: LocalDiskStore): Promise<void> {
  const done = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst();
  if (done) return;
  const stages = await db
    .selectFrom('stages')
    .select(['video_id', 'stage'])
    .where('published_at', 'is not', null)
    .where('output', 'is', null)
    .execute();
  for (const { video_id, stage } of stages) {
    const output = await describeOutput(store, video_id, stage);
    if (!output) continue;
    await db
      .updateTable('stages')
      .set({ output: JSON.stringify(output) })
      .where('video_id', '=', video_id)
      .where('stage', '=', stage)
      .execute();
  }
  const unsized = await db.selectFrom('videos').select('video_id').where('size_bytes', 'is', null).execute();
  for (const { video_id } of unsized) {
    const source = await stat(store.getPath(`${video_id}/source`)).catch(() => null);
    if (source)
      await db.updateTable('videos').set({ size_bytes: source.size }).where('video_id', '=', video_id).execute();
  }
  const sources = await db
    .selectFrom('uploads')
    .select(['upload_id', 'video_id'])
    .where('etag', 'is not', null)
    .where('size_bytes', 'is', null)
    .execute();
  for (const { upload_id, video_id } of sources) {
    const source = await stat(store.getPath(`${video_id}/source`)).catch(() => null);
    if (source)
      await db.updateTable('uploads').set({ size_bytes: source.size }).where('upload_id', '=', upload_id).execute();
  }
  const open = await db.selectFrom('uploads').select('upload_id').where('etag', 'is', null).execute();
  for (const { upload_id } of open) await adoptParts(db, store, upload_id);
  await db.insertInto('settings').values({ name: SETTING, value: new Date().toISOString() }).execute();
}
