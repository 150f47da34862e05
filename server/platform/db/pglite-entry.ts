import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import {
  type DatabaseCall,
  type DatabaseMessage,
  type DatabaseRequest,
  type StatementRows,
  toPlainError,
} from './pglite-protocol.ts';

/** The worker thread of the embedded database, so that statements do not block the server's event loop. */

const send = (message: DatabaseMessage) => parentPort?.postMessage(message);

const NOTHING: StatementRows = { rows: [], affectedRows: null };

async function run(pglite: PGlite, call: DatabaseCall): Promise<StatementRows> {
  switch (call.method) {
    case 'exec': {
      const last = (await pglite.exec(call.statement)).at(-1);
      return last ? { rows: last.rows, affectedRows: last.affectedRows ?? null } : NOTHING;
    }
    case 'query': {
      const { rows, affectedRows } = await pglite.query(call.statement, [...call.parameters]);
      return { rows, affectedRows: affectedRows ?? null };
    }
    case 'listen': {
      const { channel } = call;
      await pglite.listen(channel, (payload) => send({ type: 'notification', channel, payload }));
      return NOTHING;
    }
    case 'close':
      await pglite.close();
      return NOTHING;
  }
}

PGlite.create(String(workerData), { extensions: { vector, pg_trgm } })
  .then((pglite) => {
    parentPort?.on('message', ({ id, ...call }: DatabaseRequest) => {
      run(pglite, call)
        .then((result) => send({ type: 'result', id, result }))
        .catch((error: unknown) => send({ type: 'error', id, error: toPlainError(error) }));
    });
    send({ type: 'open' });
  })
  .catch((error: unknown) => send({ type: 'failed', error: toPlainError(error) }));
