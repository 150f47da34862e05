import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

export const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

/** Serves on a free port, and resolves to it. */
export async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return z.object({ port: z.number() }).parse(server.address()).port;
}

/**
 * A platform with one video that knows the documented API alone, and never finishes an answer. `cancelled` resolves when the
 * connection of a question is closed.
 */
export async function startDocumentedPlatform() {
  let reportCancelled = () => {};
  const cancelled = new Promise<void>((resolve) => {
    reportCancelled = resolve;
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const thumbnail_path = `http://${request.headers.host}/poster.jpg`;
    const video = { video_id: 'v1', name: 'Elsewhere', status: 'processed', thumbnail_path };
    if (pathname === '/poster.jpg') return response.end(JPEG_START);
    if (pathname.endsWith('/visualize')) return send(400, { detail: 'At least two segments are needed.' });
    if (pathname.endsWith('/videos/list')) return send(200, [video]);
    if (pathname.endsWith('/videos/get-video-details')) return send(200, video);
    if (pathname.endsWith('/search')) {
      const { video_ids } = z.looseObject({ video_ids: z.array(z.string()).optional() }).parse(await json(request));
      if (!video_ids) return send(422, { detail: [{ loc: ['body'], msg: 'A scope is required.' }] });
      return send(200, [{ rank: 1, start: '00:00:02', end: '00:00:04', video_id: video_ids[0] }]);
    }
    if (pathname.endsWith('/chat/ask')) {
      response.once('close', reportCancelled);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return response.write('event: token\ndata: {"content":"It "}\n\n');
    }
    return send(404, { detail: 'Not Found' });
  };
  const server = createServer((request, response) => void answer(request, response));
  return { url: `http://127.0.0.1:${await listen(server)}`, cancelled, close: () => server.close() };
}
