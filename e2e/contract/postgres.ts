import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** A Postgres with pgvector that is reached over the wire, empty; for what speaks to a database of its own. */
export async function startPostgres() {
  const database = await PGlite.create({ extensions: { vector } });
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
    stop: async () => {
      await server.stop();
      await database.close();
    },
  };
}
