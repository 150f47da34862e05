import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** A Postgres that is reached over the wire, empty, with pgvector to turn on or without. */
export async function startPostgres({ withVector = true } = {}) {
  const database = await PGlite.create(withVector ? { extensions: { vector } } : {});
  const server = new PGLiteSocketServer({ db: database, port: 0, host: '127.0.0.1', maxConnections: 20 });
  const listening = new Promise<string>((resolve) => {
    server.addEventListener('listening', (event) => {
      const { host, port } = (event as CustomEvent<{ host: string; port: number }>).detail;
      resolve(`postgres://postgres:postgres@${host}:${port}/postgres`);
    });
  });
  await server.start();
  return {
    url: await listening,
    /** How many rows a table has, asked past the wire. */
    count: async (table: string) => {
      const { rows } = await database.query<{ count: number }>(`select count(*)::integer as count from ${table}`);
      return rows[0]?.count;
    },
    /** The row ids in a table of segments, asked past the wire. */
    ids: async (table: string) => {
      const { rows } = await database.query<{ segment_id: string }>(`select segment_id from ${table}`);
      return rows.map(({ segment_id }) => segment_id);
    },
    run: (sql: string) => database.exec(sql),
    stop: async () => {
      await server.stop();
      await database.close();
    },
  };
}
