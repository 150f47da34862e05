import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../src/api/contracts/integrations.ts';
import { type Studio, startStudio } from '../studio.ts';
import { integrationsClient } from './integrations-client.ts';

const KEY = 'a-secret-key-of-the-database';

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

const { call, connect } = integrationsClient(() => studio.url);

const qdrant = { kind: 'qdrant', name: 'Mine', url: 'http://127.0.0.1:6333', index: 'video-segments', key: KEY };

test('keys are in a file that only this user may read, and in no answer', async () => {
  const { id } = await connect(qdrant);
  const file = path.join(studio.dataDir, 'gateway', 'connections.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toContain(KEY);
  const { body } = await call('/');
  expect(JSON.stringify(body)).not.toContain(KEY);

  // The key stays with the address that it was given for.
  const same = await call<Connection>(`/connections/${id}`, 'PUT', { ...qdrant, key: undefined, name: 'Renamed' });
  expect(same.body).toMatchObject({ name: 'Renamed', has_key: true });
  const moved = await call(`/connections/${id}`, 'PUT', { ...qdrant, key: undefined, url: 'http://127.0.0.1:6334' });
  expect(moved).toMatchObject({ status: 422, body: { message: expect.stringContaining('Enter the key again') } });
  expect((await call(`/connections/${id}`, 'DELETE')).status).toBe(204);
  expect((await call(`/connections/${id}/state`)).status).toBe(404);
  expect(await readFile(file, 'utf8')).not.toContain('Renamed');
});

test.each([
  [{ ...qdrant, url: 'file:///etc/passwd' }, /must start with http/],
  [{ ...qdrant, url: 'http://example.com' }, /only sent over https/],
  [{ ...qdrant, index: '../x' }, /Collection: letters/],
  [{ kind: 'pgvector', name: 'x', url: 'http://127.0.0.1', index: 'a' }, /must start with postgres/],
  [{ kind: 'pgvector', name: 'x', url: 'postgres://a@b/c', index: 'a; drop table b' }, /Table: letters/],
  [{ kind: 'pinecone', name: 'x', url: '', index: 'a' }, /needs an API key/],
  [{ kind: 'weaviate', name: 'x', url: 'http://localhost', index: 'small' }, /a capital letter first/],
  [{ ...qdrant, name: ' ' }, /needs a name/],
  [{ ...qdrant, kind: 'mysql' }, /kind/],
])('%j is refused with a sentence', async (place, sentence) => {
  const { status, body } = await call<{ message: string }>('/connections', 'POST', place);
  expect(status).toBe(422);
  expect(body.message).toMatch(sentence);
});

test('those of the environment are there, and are changed there', async () => {
  const other = await startStudio({
    env: { QDRANT_URL: 'http://127.0.0.1:6333', QDRANT_API_KEY: KEY, PGVECTOR_URL: 'postgres://me:secret@db/x' },
  });
  try {
    const answer = await fetch(`${other.url}/studio/integrations/`);
    const text = await answer.text();
    expect(text).not.toMatch(new RegExp(`${KEY}|secret`));
    expect(JSON.parse(text).connections).toMatchObject([
      { id: 'qdrant', index: 'video-segments', has_key: true, is_fixed: true },
      { id: 'pgvector', url: 'postgres://me@db/x', index: 'video_segments', has_key: true, is_fixed: true },
    ]);
    const gone = await fetch(`${other.url}/studio/integrations/connections/qdrant`, { method: 'DELETE' });
    expect(gone.status).toBe(409);
  } finally {
    await other.stop();
  }
});

test('a file that cannot be read stops the start with a sentence', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mikshi-broken-'));
  const first = await startStudio({ dataDir: folder });
  await fetch(`${first.url}/studio/integrations/connections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(qdrant),
  });
  await first.stop();
  await writeFile(path.join(folder, 'gateway', 'connections.json'), '{"half": ');
  await expect(startStudio({ dataDir: folder })).rejects.toThrow('The gateway did not start.');
  await rm(folder, { recursive: true, force: true });
});
