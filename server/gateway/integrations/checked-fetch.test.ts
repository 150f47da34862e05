import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startQdrant } from '../../../e2e/databases/qdrant-server.ts';
import { startWeaviate } from '../../../e2e/databases/weaviate-server.ts';
import { restrictFetch } from '../strict-fetch.ts';
import { createCheckedFetch } from './checked-fetch.ts';
import { withDatabase } from './connectors/open-database.ts';
import { HostPolicy } from './host-policy.ts';
import { explain } from './integration-error.ts';
import type { StoredConnection } from './stored-connection.ts';

const PUBLIC = { address: '203.0.113.7', family: 4 };
const PRIVATE = { address: '127.0.0.1', family: 4 };

/** Finds a public address for "localhost" when it is asked first, and its own one from then on. */
function createRebindingHosts(): HostPolicy {
  let lookUps = 0;
  const lookUp = async (name: string) => {
    if (name !== 'localhost') return [PUBLIC];
    lookUps += 1;
    return [lookUps === 1 ? PUBLIC : PRIVATE];
  };
  return new HostPolicy({ named: [], allowsLoopback: false, lookUp });
}

/** Finds this machine for every name. */
const ownHosts = new HostPolicy({ named: [], allowsLoopback: true, lookUp: async () => [PRIVATE] });

beforeEach(() => {
  vi.stubGlobal('fetch', globalThis.fetch);
  restrictFetch();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a server on a private network', () => {
  let server: Server;
  let requests: number;
  let url: string;
  beforeEach(async () => {
    requests = 0;
    server = createServer((_, response) => {
      requests += 1;
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => void server.close());

  test.each(['qdrant', 'chroma', 'pinecone', 'weaviate'] as const)(
    'is not asked by %s when its name had a public address at the check',
    async (kind) => {
      const connection: StoredConnection = {
        id: 'connection',
        kind,
        name: kind,
        url,
        index: 'Videos',
        key: 'key',
        grpc: 'public.test:50051',
      };
      await expect(
        withDatabase(connection, createRebindingHosts(), (database) => database.describe()),
      ).rejects.toThrow();
      expect(requests).toBe(0);
    },
  );

  test('is refused with the sentence of the policy', async () => {
    const hosts = createRebindingHosts();
    const checked = createCheckedFetch(hosts);
    await hosts.resolve('localhost');
    const error = await checked.fetch(url).catch((thrown: unknown) => thrown);
    expect(explain(error, 'Qdrant', undefined)).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('STUDIO_DATABASE_HOSTS'),
    });
    await checked.close();
  });

  test('is refused by its address, which is not looked up', async () => {
    const checked = createCheckedFetch(createRebindingHosts());
    await expect(checked.fetch(url.replace('localhost', '127.0.0.1'))).rejects.toMatchObject({ code: 'refused' });
    expect(requests).toBe(0);
    await checked.close();
  });

  test('is reached when the administrator has named it', async () => {
    const checked = createCheckedFetch(createRebindingHosts().with('127.0.0.1'));
    const response = await checked.fetch(new Request(url.replace('localhost', '127.0.0.1')));
    expect(response.status).toBe(404);
    await checked.close();
  });
});

describe('the addresses that were found for a check are those that are connected to', () => {
  const describeAt = (connection: Omit<StoredConnection, 'id' | 'name'>) =>
    withDatabase({ id: 'connection', name: 'A', ...connection }, ownHosts, async (database) => {
      await database.create(3);
      return database.describe();
    });
  const atName = (address: string, name: string) => address.replace('127.0.0.1', name);

  test('over REST', async () => {
    const qdrant = await startQdrant();
    const url = atName(qdrant.url, 'database.test');
    expect(await describeAt({ kind: 'qdrant', url, index: 'videos' })).toMatchObject({ exists: true, dimension: 3 });
    await qdrant.stop();
  });

  test('over gRPC', async () => {
    const weaviate = await startWeaviate();
    const url = atName(weaviate.url, 'database.test');
    const grpc = atName(weaviate.grpc, 'grpc.test');
    expect(await describeAt({ kind: 'weaviate', url, grpc, index: 'Videos' })).toMatchObject({ exists: true, rows: 0 });
    await weaviate.stop();
  });
});
