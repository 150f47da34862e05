import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface TranscriptionRequest {
  readonly model: string;
  readonly format: string;
  readonly authorization: string | undefined;
  /** The WAV file. */
  readonly sound: Buffer;
}

export interface ScriptedTranscriber {
  /** What `TRANSCRIBE_BASE_URL` takes. */
  readonly baseUrl: string;
  /** Requests as they came. */
  readonly asked: readonly TranscriptionRequest[];
  /** Statuses that the next requests get instead of an answer. */
  readonly failures: number[];
  close(): void;
}

/** A server that speaks OpenAI's `POST /audio/transcriptions` and hears the same words in everything. */
export async function scriptedTranscriber(
  segments: readonly { start: number; end: number; text: string }[],
): Promise<ScriptedTranscriber> {
  const asked: TranscriptionRequest[] = [];
  const failures: number[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('file');
    if (request.url !== '/v1/audio/transcriptions' || !(file instanceof File)) {
      response.writeHead(404).end();
      return;
    }
    const status = failures.shift();
    if (status !== undefined) {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{"message":"No."}}');
      return;
    }
    asked.push({
      model: String(form.get('model')),
      format: String(form.get('response_format')),
      authorization: request.headers.authorization,
      sound: Buffer.from(await file.arrayBuffer()),
    });
    const text = segments.map((segment) => segment.text).join(' ');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ task: 'transcribe', language: 'english', duration: 2, text, segments }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, asked, failures, close: () => server.close() };
}
