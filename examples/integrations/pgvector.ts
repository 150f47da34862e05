import pg from 'pg';
import pgvector from 'pgvector/pg';
import { argument, exampleClient } from '../client.ts';
import { queryVector, toRows } from './rows.ts';

// Postgres with pgvector; DATABASE_URL says where.
const client = await exampleClient();
const database = new pg.Client(process.env.DATABASE_URL ?? 'postgres://localhost/video');
await database.connect();
await database.query('CREATE EXTENSION IF NOT EXISTS vector');
await pgvector.registerTypes(database);
await database.query(`
  CREATE TABLE IF NOT EXISTS video_segments (
    segment_id uuid PRIMARY KEY, video_id uuid NOT NULL, start_ts text NOT NULL, end_ts text NOT NULL, embedding vector(1024)
  )`);
await database.query(
  'CREATE INDEX IF NOT EXISTS video_segments_vec_idx ON video_segments USING hnsw (embedding vector_cosine_ops)',
);

// 1. Ingest.
const rows = await toRows(client, argument(0, 'a video id'));
for (const { id, vector, payload } of rows) {
  await database.query(
    `INSERT INTO video_segments VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (segment_id) DO UPDATE SET embedding = EXCLUDED.embedding`,
    [id, payload.video_id, payload.start, payload.end, pgvector.toSql(vector)],
  );
}
console.log(`ingested ${rows.length} segments`);

// 2. Query: `<=>` is cosine distance, smaller is closer.
const vector = pgvector.toSql(await queryVector(client, argument(1, 'a query')));
const found = await database.query(
  'SELECT video_id, start_ts, embedding <=> $1 AS distance FROM video_segments ORDER BY embedding <=> $1 LIMIT 5',
  [vector],
);
for (const row of found.rows) console.log(Number(row.distance).toFixed(4), row.video_id, row.start_ts);
await database.end();
