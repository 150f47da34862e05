import { randomUUID } from 'node:crypto';
import pg from 'pg';

const url = process.env.TEST_DATABASE_URL;

/** A database of its own on the Postgres of the tests. */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  if (!url) throw new Error('These tests need TEST_DATABASE_URL: run them by "npm run test:services".');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => admin(`drop database ${name} with (force)`) };
}
