import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Studio, startStudio } from '../studio.ts';
import { integrationsClient } from './integrations-client.ts';

const KEY = 'a-secret-key-of-the-database';

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

const { call, connect } = integrationsClient(() => studio.url);

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

test.each([
  'postgres://me@127.0.0.1/x?sslrootcert=/dev/zero',
  'postgres://me@127.0.0.1/x?host=/var/run/postgresql',
  'postgres://me@%2Fvar%2Frun%2Fpostgresql/x',
])('a connection string that reaches for files is refused: %s', async (url) => {
  const place = { kind: 'pgvector', name: 'x', url, index: 'a' };
  expect((await call('/connections', 'POST', place)).status).toBe(422);
  expect((await fetch(`${studio.url}/studio/config`)).status).toBe(200);
});

test.each(['qdrant', 'chroma', 'pinecone', 'weaviate'] as const)(
  'the key of %s does not follow a redirect to another address',
  async (kind) => {
    const seen: IncomingMessage[] = [];
    const thief = await serve((request, response) => {
      seen.push(request);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const database = await serve((request, response) => {
      response.writeHead(307, { location: `${thief.url}${request.url}` }).end();
    });
    const index = kind === 'weaviate' ? 'Videos' : 'videos';
    const { id } = await connect({ kind, name: kind, url: database.url, index, key: KEY });
    expect((await call(`/connections/${id}/state`)).status).toBeGreaterThanOrEqual(400);
    expect(seen).toEqual([]);
    thief.server.close();
    database.server.close();
  },
);

test('what an internal service answers is not shown', async () => {
  const internal = await serve((_request, response) => {
    response.writeHead(418, { 'content-type': 'application/json' }).end('{"secret": "internal-only"}');
  });
  const { id } = await connect({ kind: 'qdrant', name: 'x', url: internal.url, index: 'videos' });
  const { status, body } = await call(`/connections/${id}/state`);
  expect(status).toBe(422);
  expect(JSON.stringify(body)).not.toContain('internal-only');
  internal.server.close();
});

test('private networks are refused when they are asked, by name of the setting', async () => {
  const { id } = await connect({ kind: 'qdrant', name: 'x', url: 'http://169.254.169.254', index: 'videos' });
  expect(await call(`/connections/${id}/state`)).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining('STUDIO_DATABASE_HOSTS') },
  });
  const grpc = { kind: 'weaviate', name: 'x', url: 'http://127.0.0.1:9', grpc: '10.0.0.1:50051', index: 'Videos' };
  const { id: other } = await connect(grpc);
  expect((await call(`/connections/${other}/state`)).status).toBe(422);
});
