import { link, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../server/platform/db/database.ts';
import { getDerivedOwner } from '../server/platform/owners.ts';

/** The smallest JPEG that browsers draw: one gray pixel. */
const PIXEL = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
  'base64',
);
const BATCH = 500;

const KEY = 'sk_seeded_studio';

/**
 * Writes videos that look transcoded straight into the database of a data folder that no studio has used yet: `count` of
 * them, named "Seeded 00001" and so on, a minute apart.
 */
export async function seedVideos(dataDir: string, count: number): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(path.join(dataDir, 'api-key'), KEY);
  const owner = getDerivedOwner(KEY);
  const { db, close } = await openDatabase(dataDir, undefined);
  const objects = path.join(dataDir, 'objects');
  await mkdir(objects, { recursive: true });
  const pixel = path.join(dataDir, 'pixel.jpg');
  await writeFile(pixel, PIXEL);
  const start = Date.parse('2026-01-01T00:00:00Z');
  for (let from = 0; from < count; from += BATCH) {
    const videos = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => ({
      video_id: crypto.randomUUID(),
      owner,
      name: `Seeded ${String(from + index + 1).padStart(5, '0')}`,
      object_name: 'seeded',
      use_dynamic_hls: false,
      created_at: new Date(start + (from + index) * 60_000),
    }));
    await db.insertInto('videos').values(videos).execute();
    const stages = videos.flatMap(({ video_id }) =>
      (['thumbnails', 'transcode', 'hls'] as const).map((stage) => ({
        video_id,
        owner,
        stage,
        status: 'completed' as const,
        percentage: 100,
        error: null,
        published_at: new Date(),
        output: stage === 'thumbnails' ? JSON.stringify({ poster: 'poster.jpg' }) : null,
      })),
    );
    await db.insertInto('stages').values(stages).execute();
    for (const { video_id } of videos) {
      await mkdir(path.join(objects, video_id));
      await link(pixel, path.join(objects, video_id, 'poster.jpg'));
    }
  }
  await close();
}
