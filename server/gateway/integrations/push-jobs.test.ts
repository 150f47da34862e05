import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createClient } from '../../../src/api/client.ts';
import type { Document, State } from '../state/document.ts';
import { HostPolicy } from './host-policy.ts';
import { Pushes } from './push-jobs.ts';
import { VectorSource } from './push-videos.ts';
import type { StoredConnection } from './stored-connection.ts';

/** Nobody answers at its address. */
const CONNECTION: StoredConnection = {
  id: 'connection',
  kind: 'qdrant',
  name: 'Qdrant',
  url: 'http://127.0.0.1:9',
  index: 'videos',
};

afterEach(() => {
  vi.useRealTimers();
});

/** A state that holds one document, in memory; `onWrite` is called with each change. */
function createState(initial: unknown, onWrite = () => {}): State {
  const open = async <Content>(): Promise<Document<Content>> => {
    const listeners: (() => void)[] = [];
    let content = initial as Content;
    return {
      get content() {
        return content;
      },
      refresh: async () => undefined,
      change: async (change) => {
        content = change(content);
        onWrite();
        for (const listener of listeners) listener();
      },
      onChange: (listener) => void listeners.push(listener),
    };
  };
  return { isShared: false, open, close: async () => undefined };
}

const storedPush = (id: string, status: 'running' | 'done') => ({
  id,
  connection_id: `connection of ${id}`,
  status,
  video_ids: ['a'],
  done_ids: status === 'done' ? ['a'] : [],
  rows: 0,
  error: null,
  model: null,
  interruptions: 0,
  started_at: '2026-01-01T00:00:00.000Z',
});

function openPushes(stored: unknown[], onWrite?: () => void): Promise<Pushes> {
  const vectors = new VectorSource(createClient({ baseUrl: 'http://platform', apiKey: 'key' }), async () => null);
  const hosts = new HostPolicy({ named: [], allowsLoopback: true });
  return Pushes.open(createState(stored, onWrite), vectors, hosts);
}

test('the oldest pushes that have ended are dropped, and never a running one', async () => {
  const ended = Array.from({ length: 49 }, (_, number) => storedPush(`ended ${number}`, 'done'));
  const pushes = await openPushes([storedPush('running', 'running'), ...ended]);
  const started = await pushes.start(CONNECTION, ['a']);
  expect(pushes.all.map(({ id }) => id)).toEqual(['running', ...ended.slice(1).map(({ id }) => id), started?.id]);
});

test('a gateway alone does not write its pushes again while nothing happens', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const onWrite = vi.fn();
  const pushes = await openPushes([], onWrite);
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const started = await pushes.start({ ...CONNECTION, url }, ['a']);
  await expect.poll(() => sockets.length).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pushes.find(started?.id ?? '')?.status).toBe('running');
  expect(onWrite).toHaveBeenCalledOnce();
  for (const socket of sockets) socket.destroy();
  silent.close();
});
