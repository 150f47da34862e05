import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { PostgresState } from '../../server/gateway/state/postgres-state.ts';
import { createTestDatabase } from './test-database.ts';

/** Documents that several gateways change, on a real Postgres. */

const schema = z.object({ count: z.number() });
const increase = ({ count }: z.infer<typeof schema>) => ({ count: count + 1 });

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let states: PostgresState[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  states = await Promise.all([1, 2].map(() => PostgresState.connect(database.url, '/nowhere')));
});
afterEach(async () => {
  await Promise.all(states.map((state) => state.close()));
  await database.drop();
});

const openAll = () => Promise.all(states.map((state) => state.open('counter', schema, { count: 0 })));

test('no change is lost, and nobody sees the content go back, however changes and readings meet', async () => {
  const documents = await openAll();
  const seen = documents.map((document) => {
    const counts = [document.content.count];
    document.onChange(() => counts.push(document.content.count));
    return counts;
  });
  const work = documents.flatMap((document) =>
    Array.from({ length: 40 }, () => [document.refresh(), document.change(increase), document.refresh()]).flat(),
  );
  await Promise.all(work);
  await Promise.all(documents.map((document) => document.refresh()));
  expect(documents.map(({ content }) => content.count)).toEqual([80, 80]);
  for (const counts of seen) expect(counts).toEqual([...counts].sort((a, b) => a - b));
});

test('a connection that breaks during a change fails that change, and nothing else', async () => {
  const [document] = await openAll();
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  // Holds the row, so that the change waits while its connection is ended.
  await admin.query('begin; select from gateway_documents for update');
  const changing = document?.change(increase);
  const endWaiting = `
    select pg_terminate_backend(pid) as ended from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`;
  await Promise.all([
    expect(changing).rejects.toThrow(),
    expect.poll(async () => (await admin.query(endWaiting)).rows.length, { timeout: 10_000 }).toBeGreaterThan(0),
  ]);
  await admin.query('rollback');
  await admin.end();
  await document?.change(increase);
  expect(document?.content).toEqual({ count: 1 });
});
