import { type DatabaseSnippets, pythonProgram, type Steps, typescriptProgram } from './snippet.ts';

const TYPESCRIPT: Steps = {
  imports: `import pg from 'pg';
import pgvector from 'pgvector/pg';`,
  connect: `const database = new pg.Client(process.env.DATABASE_URL);
await database.connect();
await database.query('CREATE EXTENSION IF NOT EXISTS vector');
await pgvector.registerTypes(database);
await database.query(\`
  CREATE TABLE IF NOT EXISTS video_segments (
    segment_id uuid PRIMARY KEY, video_id uuid NOT NULL, start_ts text NOT NULL, end_ts text NOT NULL, embedding vector(1024)
  )\`);
await database.query(
  'CREATE INDEX IF NOT EXISTS video_segments_vec_idx ON video_segments USING hnsw (embedding vector_cosine_ops)',
);`,
  store: `for (const { id: rowId, vector, payload } of rows) {
  await database.query(
    \`INSERT INTO video_segments VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (segment_id) DO UPDATE SET embedding = EXCLUDED.embedding\`,
    [rowId, payload.video_id, payload.start, payload.end, pgvector.toSql(vector)],
  );
}`,
  ask: `// \`<=>\` is cosine distance, smaller is closer.
const found = await database.query(
  'SELECT video_id, start_ts, embedding <=> $1 AS distance FROM video_segments ORDER BY embedding <=> $1 LIMIT 5',
  [pgvector.toSql(vector)],
);
for (const row of found.rows) console.log(row.distance, row.video_id, row.start_ts);
await database.end();`,
};

const PYTHON: Steps = {
  imports: `import psycopg
from pgvector import Vector
from pgvector.psycopg import register_vector`,
  connect: `conn = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
conn.execute("CREATE EXTENSION IF NOT EXISTS vector")
register_vector(conn)
conn.execute(
    """
    CREATE TABLE IF NOT EXISTS video_segments (
        segment_id uuid PRIMARY KEY, video_id uuid NOT NULL, start_ts text NOT NULL, end_ts text NOT NULL, embedding vector(1024)
    )
    """
)
conn.execute(
    "CREATE INDEX IF NOT EXISTS video_segments_vec_idx ON video_segments USING hnsw (embedding vector_cosine_ops)"
)`,
  store: `with conn.cursor() as cur:
    for seg in resp.data:
        cur.execute(
            """
            INSERT INTO video_segments VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT (segment_id) DO UPDATE SET embedding = EXCLUDED.embedding
            """,
            (row_id(resp, seg), resp.id, seg.start, seg.end, Vector(seg.embedding)),
        )`,
  ask: `# <=> is cosine distance, smaller is closer.
found = conn.execute(
    "SELECT video_id, start_ts, embedding <=> %s AS distance FROM video_segments ORDER BY distance LIMIT 5",
    (Vector(vector),),
)
for video_id, start, distance in found:
    print(distance, video_id, start)`,
};

export const PGVECTOR: DatabaseSnippets = {
  name: 'pgvector',
  install: { typescript: 'npm install pg pgvector', python: 'pip install "psycopg[binary]" pgvector' },
  typescript: (ids) => typescriptProgram(TYPESCRIPT, ids),
  python: (ids) => pythonProgram(PYTHON, ids),
};
