import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Platform } from '../context.ts';

/** Leaves only what the database knows of: what a crash or a delete left behind goes. Runs before the server answers. */
export async function sweepOrphans({ db, layout }: Platform): Promise<void> {
  const [videos, uploads] = await Promise.all([
    db.selectFrom('videos').select('video_id').execute(),
    db.selectFrom('uploads').select(['upload_id', 'video_id', 'etag']).execute(),
  ]);
  // An object whose upload is complete waits for preprocess: it is durable and stays.
  const kept = new Set([...videos.map((row) => row.video_id), ...uploads.map((row) => row.video_id)]);
  const openUploads = new Set(uploads.filter((row) => row.etag === null).map((row) => row.upload_id));
  const drop = async (folder: string, keep: ReadonlySet<string>) => {
    for (const name of await readdir(folder)) {
      if (!keep.has(name)) await rm(path.join(folder, name), { recursive: true, force: true });
    }
  };
  await drop(layout.objects, kept);
  await drop(layout.uploads, openUploads);
  for (const uploadId of openUploads) {
    const folder = layout.partsOf(uploadId);
    for (const name of await readdir(folder).catch(() => [])) {
      if (name.endsWith('.incoming')) await rm(path.join(folder, name), { force: true });
    }
  }
}
