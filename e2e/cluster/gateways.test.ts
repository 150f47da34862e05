import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, type Node, startCluster } from './cluster.ts';

/** Two gateways that share what they keep. */

const PASSWORD = 'correct horse battery';

let cluster: Cluster;
let first: Node;
let second: Node;

beforeAll(async () => {
  cluster = await startCluster({ apis: 1, workers: 0, gateways: 2, env: { STUDIO_PASSWORD: PASSWORD } });
  const [a, b] = cluster.gateways;
  if (!a || !b) throw new Error('Two gateways are needed.');
  [first, second] = [a, b];
});
afterAll(() => cluster?.stop());

const send = (node: Node, path: string, cookie: string, init: RequestInit = {}) =>
  fetch(`${node.url}${path}`, {
    ...init,
    headers: { cookie, origin: node.url, 'content-type': 'application/json', ...init.headers },
  });

async function signIn(node: Node): Promise<string> {
  const answer = await send(node, '/studio/sign-in', '', {
    method: 'POST',
    body: JSON.stringify({ password: PASSWORD }),
  });
  expect(answer.status).toBe(204);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

test('who signs in at one is signed in at the other at once, and out at both', async () => {
  const cookie = await signIn(first);
  expect((await send(second, '/studio/integrations/', cookie)).status).toBe(200);
  expect((await send(second, '/studio/sign-out', cookie, { method: 'POST', body: '{}' })).status).toBe(204);
  await expect.poll(async () => (await send(first, '/studio/integrations/', cookie)).status).toBe(401);
});

test('connections that are made at both at once are all there, also after a restart', async () => {
  const cookie = await signIn(first);
  const make = (node: Node, name: string) =>
    send(node, '/studio/integrations/connections', cookie, {
      method: 'POST',
      body: JSON.stringify({ kind: 'qdrant', name, url: 'https://example.com', index: 'segments', key: 'k' }),
    });
  const names = ['one', 'two', 'three', 'four', 'five', 'six'];
  const answers = await Promise.all(names.map((name, index) => make(index % 2 === 0 ? first : second, name)));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  const list = async (node: Node) => {
    const { connections } = (await (await send(node, '/studio/integrations/', cookie)).json()) as {
      connections: { name: string }[];
    };
    return connections.map(({ name }) => name).sort();
  };
  await expect.poll(() => list(first)).toEqual([...names].sort());
  await second.restart('SIGKILL');
  expect(await list(second)).toEqual([...names].sort());
});
