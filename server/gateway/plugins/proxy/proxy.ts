import { readFile } from 'node:fs/promises';
import httpProxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../../config.ts';
import type { Upstreams } from '../../upstreams.ts';
import { sendResponse } from './proxy-response.ts';

/** Headers that are between the browser and this gateway, and end here. */
const STRIPPED_REQUEST_HEADERS = [
  'cookie',
  'authorization',
  'x-api-key',
  'x-request-id',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'forwarded',
  'origin',
  'referer',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
];
/** Headers that are between the gateway and the platform, or that the gateway sets by itself. */
const STRIPPED_RESPONSE_HEADERS = [
  'set-cookie',
  'x-request-id',
  'server',
  'x-powered-by',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'content-security-policy',
  'strict-transport-security',
  'x-content-type-options',
  'refresh',
];

/**
 * A connection that is kept open may be closed by the platform just when it is used again: a GET or HEAD without a body is
 * then sent once more. Everything else is for the caller to repeat, who knows whether that is safe.
 */
const RETRIES = 1;

/** What is used of Fastify's reply, whatever HTTP version it is for. */
interface RefusableReply {
  readonly request: object;
  code(status: number): { send(body: unknown): void };
}

type Headers = Record<string, string | string[] | undefined>;

const without = <T extends Headers>(headers: T, names: readonly string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));

/** Answers are one person's: no cache on the way may keep them for others, and JSON not at all. */
function toPrivate(headers: Headers): Headers {
  const given = headers['cache-control'];
  if (String(headers['content-type'] ?? '').includes('json')) return { ...headers, 'cache-control': 'no-store' };
  if (given === undefined) return { ...headers, 'cache-control': 'private, no-cache' };
  return { ...headers, 'cache-control': String(given).replace(/\bpublic\b/i, 'private') };
}

/** A page's own origin tells the scheme where the proxy before this gateway is not trusted to. */
const getBrowserScheme = (request: FastifyRequest) =>
  request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';

/** The key: the configured one, or the one that the embedded platform made, read once it is there. */
export function keyReader(config: GatewayConfig): () => Promise<string> {
  let known = config.apiKey;
  return async () => {
    known ??= await readFile(config.keyFile, 'utf8').then(
      (text) => text.trim(),
      () => {
        throw Object.assign(new Error('The platform cannot be reached right now.'), { statusCode: 503 });
      },
    );
    return known;
  };
}

/**
 * Passes the API on to the platform with the key added, streamed both ways: parts, media and server-sent events. Signed
 * objects of the embedded platform pass too, without a key.
 */
export async function registerProxy(
  app: FastifyInstance,
  config: GatewayConfig,
  { readKey, upstreams }: { readKey: () => Promise<string>; upstreams: Upstreams },
): Promise<void> {
  const forwarded = (request: FastifyRequest): Headers => ({
    'x-request-id': request.id,
    'x-forwarded-host': request.headers.host,
    // Links in answers are to name the scheme that the browser uses.
    'x-forwarded-proto': getBrowserScheme(request),
  });

  // A platform may live under a path ("https://host/dev"): the proxy takes the origin and the path apart.
  const { pathname } = new URL(config.upstreams[0]);
  const basePath = pathname.replace(/\/+$/, '');
  const shared = {
    // Each request gets its own below; none of it is used.
    upstream: '',
    http: { requestOptions: { timeout: config.platformTimeoutMs } },
    disableRequestLogging: true,
  };

  /** Where each request was sent, to leave that out when it could not be reached. */
  const chosen = new WeakMap<object, string>();
  const getUpstream = (request: object) => {
    const upstream = upstreams.pick();
    chosen.set(request, upstream);
    return new URL(upstream).origin;
  };

  const onError = (reply: RefusableReply, { error }: { error: Error }) => {
    const upstream = chosen.get(reply.request);
    const isLate = 'statusCode' in error && error.statusCode === 504;
    if (upstream && !isLate) upstreams.reportFailure(upstream);
    if (isLate) reply.code(504).send({ message: 'The platform takes too long to answer.' });
    else reply.code(502).send({ message: 'The platform cannot be reached right now.' });
  };

  await app.register(async (scope) => {
    let key = '';
    scope.addHook('onRequest', async () => {
      key = await readKey();
    });
    // What only the embedded platform has (credits used, sample clips) stands beside the API proper.
    for (const prefix of config.isEmbedded ? ['/api', '/local'] : ['/api']) {
      await scope.register(httpProxy, {
        ...shared,
        prefix,
        rewritePrefix: `${basePath}${prefix}`,
        replyOptions: {
          getUpstream,
          retriesCount: RETRIES,
          rewriteRequestHeaders: (request, headers) => ({
            ...without(headers, STRIPPED_REQUEST_HEADERS),
            ...(config.isEmbedded ? forwarded(request as FastifyRequest) : {}),
            'x-api-key': key,
          }),
          rewriteHeaders: (headers) => toPrivate(without(headers, STRIPPED_RESPONSE_HEADERS)),
          onResponse: (_request, reply, answer) =>
            sendResponse(reply, answer, {
              platformUrl: config.isEmbedded ? null : config.upstreams[0],
              redirectOrigins: config.isEmbedded ? config.mediaOrigins : [],
            }),
          onError,
        },
      });
    }
  });
  if (!config.isEmbedded) return;
  await app.register(httpProxy, {
    ...shared,
    prefix: '/objects',
    rewritePrefix: '/objects',
    replyOptions: {
      getUpstream,
      retriesCount: RETRIES,
      rewriteRequestHeaders: (request, headers) => ({
        ...without(headers, STRIPPED_REQUEST_HEADERS),
        'x-request-id': (request as FastifyRequest).id,
      }),
      rewriteHeaders: (headers) => without(headers, ['set-cookie', 'server', 'x-request-id']),
      onError,
    },
  });
}
