import { link, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
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

const SEGMENT_SECONDS = 4;
/** A segment in which nothing was detected. */
const OBSERVATION = JSON.stringify({ objects: [], colors: [], motion: 'still', cameraMoves: false });

/**
 * Gives every video of a data folder, which no studio is using, so many segments of four seconds, and makes it searchable. Their
 * vectors are of forty themes, all different; `hasVectors: false` puts two numbers in the place of each, for a million of
 * them: a map that is known reads none.
 */
export async function seedSegments(dataDir: string, perVideo: number, { hasVectors = true } = {}): Promise<void> {
  const { db, close } = await openDatabase(dataDir, undefined);
  // Kept up to date with every row, it would take most of the time, and a map does not need it.
  await sql`drop index if exists segments_by_embedding`.execute(db);
  if (!hasVectors) await sql`alter table segments alter column embedding type vector`.execute(db);
  await sql`
    create temporary table themes as
    select theme, l2_normalize((select array_agg(sin(theme * 7.13 + at * 1.7 + at % 13 * theme)) from generate_series(1, 1024) at)::vector) as vector
    from generate_series(0, 39) theme`.execute(db);
  await sql`
    create temporary table noises as
    select noise, (select array_agg(sin(noise * 3.7 + at * 0.9 + at % 17 * noise) * 0.02) from generate_series(1, 1024) at)::vector as vector
    from generate_series(0, 1023) noise`.execute(db);
  const vector = hasVectors ? sql`l2_normalize(themes.vector + noises.vector)` : sql`'[1,0]'::vector`;
  await sql`
    insert into segments (segment_id, video_id, position, start_s, end_s, thumbnail, caption, observation, embedding)
    select gen_random_uuid(), video_id, at, at * ${SEGMENT_SECONDS}::integer, (at + 1) * ${SEGMENT_SECONDS}::integer,
      'observe-1/' || lpad(at::text, 5, '0') || '.jpg',
      'A person walking past car ' || theme || ', ' || (videos.position * 31 + at) % 150 || ' leaves; mostly gray.', ${OBSERVATION}, ${vector}
    from videos cross join generate_series(0, ${perVideo}::integer - 1) at
      join themes on theme = (videos.position + at / 25) % 40 join noises on noise = (videos.position * 131 + at * 17) % 1024`.execute(
    db,
  );
  await sql`
    insert into stages (video_id, owner, stage, status, percentage, published_at)
    select video_id, owner, stage, 'completed', 100, now() from videos cross join (values ('observe'), ('analyse'), ('search')) as made (stage)`.execute(
    db,
  );
  await sql`analyze segments`.execute(db);
  await close();
}
