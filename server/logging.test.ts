import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { createLogger, getRequestId, logRequests, noRequestLines } from './logging.ts';

let lines: string[] = [];
const write = (line: string) => void lines.push(line);
afterEach(() => {
  lines = [];
});

async function buildApp(level: 'warn' | 'info') {
  const app = Fastify({
    loggerInstance: createLogger('test', level, { write }),
    logController: noRequestLines(),
    genReqId: getRequestId,
  });
  logRequests(app);
  app.get('/videos/:id', async () => ({ found: true }));
  return app;
}

test('a request is one line, with its id, path, status and duration, and without query and headers', async () => {
  const app = await buildApp('info');
  const headers = { 'x-request-id': 'gateway-0001', 'x-api-key': 'sk_secret', cookie: 'session=secret' };
  const answer = await app.inject({ url: '/videos/7?signature=secret', headers });
  expect(answer.headers['x-request-id']).toBe('gateway-0001');
  await app.close();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    name: 'test',
    reqId: 'gateway-0001',
    method: 'GET',
    path: '/videos/7',
    status: 200,
    ms: expect.any(Number),
  });
  expect(lines[0]).not.toContain('secret');
});

test('by default requests are not logged', async () => {
  const app = await buildApp('warn');
  await app.inject('/videos/7');
  await app.close();
  expect(lines).toEqual([]);
});

test.each(['short', 'a b c d e f g h', 'x'.repeat(65), '"},{"level":50'])('the id %j is replaced', async (id) => {
  const app = await buildApp('info');
  const answer = await app.inject({ url: '/videos/7', headers: { 'x-request-id': id } });
  await app.close();
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});
