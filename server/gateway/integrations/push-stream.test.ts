import { EventEmitter, once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PushProgress } from '../../../src/api/contracts/integrations.ts';
import { streamPushes } from './push-stream.ts';

const push: PushProgress = {
  id: 'push',
  connection_id: 'connection',
  status: 'running',
  video_count: 1,
  done_count: 0,
  rows: 0,
  error: null,
  model: null,
  interruptions: 0,
  started_at: '2026-01-01T00:00:00.000Z',
};
/** With an error so long that a client that does not read is soon behind. */
const long: PushProgress = { ...push, error: 'x'.repeat(100_000) };

let changes: EventEmitter;
let server: Server;
let client: Socket;
let raw: ServerResponse;
let signOut: () => void;

const hasStopped = () => changes.listenerCount('change') === 0 && changes.listenerCount('sign-out') === 0;

function stream(response: ServerResponse) {
  const pushes = {
    progress: [push],
    onChange: (listener: (one: PushProgress) => void) => {
      changes.on('change', listener);
      return () => changes.off('change', listener);
    },
  };
  streamPushes(response, pushes, (end) => {
    signOut = end;
    changes.on('sign-out', end);
    return () => changes.off('sign-out', end);
  });
}

beforeEach(async () => {
  changes = new EventEmitter();
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const requested = once(server, 'request');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  raw = (await requested)[1];
});
afterEach(() => {
  vi.restoreAllMocks();
  client.destroy();
  server.close();
});

/** Changes the push until bytes wait for the client, which does not read. */
function stall() {
  while (raw.writableLength === 0) changes.emit('change', long);
}

test('sends the present state, and each change', async () => {
  stream(raw);
  changes.emit('change', { ...push, rows: 7 });
  client.resume();
  let text = '';
  client.on('data', (bytes) => {
    text += bytes;
  });
  await expect.poll(() => text).toContain('"rows":7');
  expect(text).toContain('"rows":0');
});

test('cuts off a client that does not read', async () => {
  stream(raw);
  for (let events = 0; events < 1000 && !raw.destroyed; events += 1) {
    changes.emit('change', long);
    expect(raw.writableLength).toBeLessThan(2 * 1024 * 1024);
  }
  expect(raw.destroyed).toBe(true);
  await expect.poll(hasStopped).toBe(true);
});

test('ends at sign-out, also for a client that does not read, and writes nothing more', () => {
  const cleared = vi.spyOn(globalThis, 'clearInterval');
  stream(raw);
  stall();
  signOut();
  expect(hasStopped()).toBe(true);
  expect(cleared).toHaveBeenCalled();
  expect(raw.destroyed).toBe(true);
});

test('survives errors of the connection', () => {
  stream(raw);
  raw.emit('error', new Error('write after end'));
  raw.emit('error', new Error('write after end'));
  expect(hasStopped()).toBe(true);
});

test('does nothing for a connection that has closed already', async () => {
  const closed = once(raw, 'close');
  client.destroy();
  await closed;
  const interval = vi.spyOn(globalThis, 'setInterval');
  stream(raw);
  expect(hasStopped()).toBe(true);
  expect(interval).not.toHaveBeenCalled();
});
