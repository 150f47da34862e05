import type { Readable } from 'node:stream';

/** A manifest of a day of video in 2 s segments is 4 MB. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
const MANIFEST = /mpegurl/i;

/** What the platform answered, as the proxy hands it over: the head is set on the reply already. */
type Answer = { readonly stream?: Readable };

/** What is used of Fastify's reply, whatever HTTP version it is for. */
interface Reply {
  readonly statusCode: number;
  getHeader(name: string): unknown;
  removeHeader(name: string): unknown;
  code(status: number): unknown;
  type(mediaType: string): unknown;
  send(body: unknown): unknown;
}

/** Headers that speak of the body that was sent. */
const OF_THE_BODY = ['content-length', 'transfer-encoding', 'content-encoding', 'etag'];

/** Replaces what the platform said by a sentence. */
function refuse(reply: Reply, message: string): void {
  for (const name of ['location', ...OF_THE_BODY]) reply.removeHeader(name);
  reply.code(502);
  reply.type('application/json');
  reply.send({ message });
}

async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_MANIFEST_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Absolute URLs of the platform, within a manifest, as paths of this gateway: only it can add the key. */
export function rewriteManifest(manifest: string, platformUrl: string): string {
  return manifest.replaceAll(/https?:\/\/[^\s"']+/g, (found) => {
    const url = URL.canParse(found) ? new URL(found).href : found;
    return url.startsWith(`${platformUrl}/`) ? url.slice(platformUrl.length) : found;
  });
}

/** What may be passed on of what a platform answers. */
export interface PassedOn {
  /** Manifests of a remote platform have its absolute URLs made relative; null for the project's own platform. */
  readonly platformUrl: string | null;
  /** Origins that the platform may send the browser to: those of its bucket. */
  readonly redirectOrigins: readonly string[];
}

const getOrigin = (location: unknown) =>
  typeof location === 'string' && URL.canParse(location) ? new URL(location).origin : null;

/**
 * Sends on what the platform answered, as a stream. A redirect is neither followed nor passed on, except to the platform's bucket:
 * it could lead anywhere, with a signed address or without the key.
 */
export function sendResponse(reply: Reply, { stream }: Answer, { platformUrl, redirectOrigins }: PassedOn): void {
  const { statusCode } = reply;
  if (statusCode >= 300 && statusCode < 400 && statusCode !== 304) {
    const origin = getOrigin(reply.getHeader('location'));
    if (origin !== null && redirectOrigins.includes(origin)) {
      reply.send(stream);
      return;
    }
    stream?.destroy();
    refuse(reply, 'The platform pointed to another address, which the studio does not follow.');
    return;
  }
  const type = String(reply.getHeader('content-type') ?? '');
  const isPlain = !reply.getHeader('content-encoding');
  if (platformUrl === null || statusCode !== 200 || !isPlain || !MANIFEST.test(type) || !stream) {
    reply.send(stream);
    return;
  }
  readText(stream).then(
    (text) => {
      for (const name of OF_THE_BODY) reply.removeHeader(name);
      reply.send(rewriteManifest(text, platformUrl));
    },
    () => refuse(reply, 'The platform broke off in the middle of a playlist.'),
  );
}
