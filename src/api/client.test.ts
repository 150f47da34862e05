import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect } from 'vitest';
import { createClient } from './client.ts';

interface Fixtures {
  /** Starts a server and resolves to its URL; it is closed after the test. */
  serve: (listener: RequestListener) => Promise<string>;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the form that vitest asks for.
  serve: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = [];
    await use(async (listener) => {
      const server = createServer(listener);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  },
});

/** A `fetch` that answers with an empty list, and notes the addresses. */
function recording() {
  const urls: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    urls.push(String(input));
    return Response.json([]);
  };
  return { urls, fetch };
}

test('in Node the platform is at port 8001 of this machine, unless told otherwise', async () => {
  const { urls, fetch } = recording();
  await createClient({ fetch }).videos.list();
  await createClient({ fetch, baseUrl: undefined, timeoutMs: undefined, retries: undefined }).videos.list();
  await createClient({ fetch, baseUrl: 'https://host/dev/' }).videos.list();
  const path = '/api/backend/v1/developer/videos/list';
  expect(urls).toEqual([`http://localhost:8001${path}`, `http://localhost:8001${path}`, `https://host/dev${path}`]);
});

test("the client's timeout applies to every call, also to those that are slow by default", async ({ serve }) => {
  const client = createClient({ baseUrl: await serve(() => undefined), timeoutMs: 30, retries: 0 });
  const late = { name: 'TimeoutError' };
  const scope = { videoIds: ['v'] };
  await expect(client.videos.list()).rejects.toMatchObject(late);
  await expect(client.chat.ask('Who?', { videoId: 'v' })).rejects.toMatchObject(late);
  await expect(client.chat.askStream('Who?', { videoId: 'v' }).next()).rejects.toMatchObject(late);
  await expect(client.search.visualize(scope)).rejects.toMatchObject(late);
  await expect(client.uploads.direct(new Blob(['x']), { name: 'Clip' })).rejects.toMatchObject(late);
});

test('a call may have another timeout than its client', async ({ serve }) => {
  const slow = await serve((_, response) => void setTimeout(() => response.end('[]'), 60));
  expect(await createClient({ baseUrl: slow, timeoutMs: 10 }).videos.list({}, { timeoutMs: 5_000 })).toEqual([]);
  const client = createClient({ baseUrl: await serve(() => undefined), retries: 0 });
  await expect(client.videos.list({}, { timeoutMs: 20 })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a call may have another number of retries than its client', async ({ serve }) => {
  let requests = 0;
  const baseUrl = await serve((_, response) => {
    requests += 1;
    response.writeHead(500).end();
  });
  await expect(createClient({ baseUrl }).videos.list({}, { retries: 0 })).rejects.toMatchObject({ statusCode: 500 });
  expect(requests).toBe(1);
});

/** Sends the headers and half of a body, and leaves it at that. */
const stalls: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': 100 });
  response.write('[{"video_id"');
};

test('a body that stalls is a timeout, and a delete with one has not succeeded', async ({ serve }) => {
  const client = createClient({ baseUrl: await serve(stalls), timeoutMs: 50, retries: 0 });
  await expect(client.videos.list()).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(client.videos.delete('v')).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(client.collections.addVideo('c', 'v')).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a body that is cut is a network error, and a list is read again', async ({ serve }) => {
  let requests = 0;
  const baseUrl = await serve((request, response) => {
    requests += 1;
    if (requests % 2 === 0) response.end('[]');
    else {
      stalls(request, response);
      setImmediate(() => response.destroy());
    }
  });
  expect(await createClient({ baseUrl }).videos.list()).toEqual([]);
  expect(requests).toBe(2);
  await expect(createClient({ baseUrl }).videos.delete('v')).rejects.toMatchObject({ name: 'NetworkError' });
});

test('a cancel while a body is read is an abort', async ({ serve }) => {
  const stop = new AbortController();
  const baseUrl = await serve((request, response) => {
    stalls(request, response);
    setImmediate(() => stop.abort());
  });
  const list = createClient({ baseUrl }).videos.list({}, { signal: stop.signal });
  await expect(list).rejects.toMatchObject({ name: 'AbortedError' });
});

test('an error whose body is cut keeps its status', async ({ serve }) => {
  const baseUrl = await serve((_, response) => {
    response.writeHead(404, { 'content-length': 100 });
    response.write('{"det');
    setImmediate(() => response.destroy());
  });
  await expect(createClient({ baseUrl }).videos.get('v')).rejects.toMatchObject({ name: 'NotFoundError' });
});

test('503 with Retry-After is waited for, also where nothing else is repeated', async ({ serve }) => {
  let requests = 0;
  const baseUrl = await serve((_, response) => {
    requests += 1;
    if (requests === 1) response.writeHead(503, { 'retry-after': '0' }).end();
    else response.end('{"status": "ready", "data": [{"embedding": [1]}]}');
  });
  await createClient({ baseUrl }).embeddings.text('red');
  expect(requests).toBe(2);
});

test('close cancels what is running, and refuses what comes later', async ({ serve }) => {
  const client = createClient({ baseUrl: await serve(stalls) });
  const running = [client.videos.list(), client.collections.delete('c')].map((call) =>
    expect(call).rejects.toMatchObject({ name: 'AbortedError', message: 'The client was closed.' }),
  );
  await client.close();
  await Promise.all(running);
  await expect(client.videos.list()).rejects.toMatchObject({ name: 'AbortedError' });
});

test('close ends a stream that is being read', async ({ serve }) => {
  const baseUrl = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: token\ndata: {"content": "a"}\n\n');
  });
  const client = createClient({ baseUrl });
  const events = client.chat.askStream('Who?', { videoId: 'v' });
  expect(await events.next()).toMatchObject({ value: { content: 'a' } });
  const next = expect(events.next()).rejects.toMatchObject({ name: 'AbortedError' });
  await client.close();
  await next;
});

test('a client that is disposed is closed', async ({ serve }) => {
  const client = createClient({ baseUrl: await serve(stalls) });
  const list = expect(client.videos.list()).rejects.toMatchObject({ name: 'AbortedError' });
  await client[Symbol.asyncDispose]();
  await list;
});

test("a client's own fetch sends the parts of an upload, too", async () => {
  const sent: string[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    initiate: { upload_id: 'u', s3_object_name: 'o', video_id: 'v' },
    'part-url': { url: 'https://store/part', part_number: 1 },
    complete: { upload_id: 'u', s3_object_name: 'o', etag: 'e' },
    preprocess: { video_id: 'v' },
  };
  const client = createClient({
    fetch: async (input, init) => {
      sent.push(`${init?.method} ${String(input).split('/').at(-1)}`);
      if (init?.method === 'PUT') return new Response(null, { headers: { etag: 'e' } });
      return Response.json(answers[String(input).split('/').at(-1) ?? '']);
    },
  });
  await client.uploads.uploadFile(new File(['bytes'], 'clip.mp4'), { name: 'Clip' });
  expect(sent).toEqual(['POST initiate', 'POST part-url', 'PUT part', 'POST complete', 'POST preprocess']);
});

test('closing a client that uploads drops what has arrived', async () => {
  const sent: string[] = [];
  const client = createClient({
    fetch: async (input, init) => {
      const path = String(input).split('/').at(-1) ?? '';
      sent.push(path);
      if (path === 'initiate') return Response.json({ upload_id: 'u', s3_object_name: 'o', video_id: 'v' });
      if (path === 'abort') return new Response(null, { status: 204 });
      return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    },
  });
  const upload = client.uploads.uploadFile(new Blob(['bytes']), { name: 'Clip' });
  const cancelled = expect(upload).rejects.toMatchObject({ name: 'AbortedError' });
  await expect.poll(() => sent).toContain('part-url');
  await client.close();
  await cancelled;
  expect(sent).toEqual(['initiate', 'part-url', 'abort']);
});

test('files and blobs need no name beside the one of the video', async () => {
  const names: unknown[] = [];
  const client = createClient({
    fetch: async (_, init) => {
      const file = init?.body instanceof FormData ? init.body.get('file') : null;
      names.push(file instanceof File ? file.name : null);
      return Response.json({ video_id: 'v' });
    },
  });
  await client.uploads.direct(new File(['x'], 'clip.mp4'), { name: 'My clip' });
  await client.uploads.direct(new Blob(['x']), { name: 'My clip' });
  await client.uploads.direct(Object.assign(new Blob(['x']), { name: 'path.mp4' }), { name: 'My clip' });
  expect(names).toEqual(['clip.mp4', 'My clip', 'path.mp4']);
});

test('links of old pages to YouTube are sent as https', async () => {
  const sent: unknown[] = [];
  const client = createClient({
    fetch: async (_, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Response.json({ video_id: 'v' });
    },
  });
  await client.uploads.importYoutube(' http://youtu.be/dQw4w9WgXcQ');
  expect(sent).toEqual([{ url: 'https://youtu.be/dQw4w9WgXcQ' }]);
});
