import Fastify, { type FastifyInstance } from 'fastify';
import { getRequestId, logRequests, noRequestLines } from '../logging.ts';
import type { Platform } from './context.ts';
import { isDatabaseUnavailable } from './db/unavailable.ts';
import { DISK_FULL, isDiskFull } from './disk-full.ts';
import { requireKey } from './http/authentication.ts';
import { healthRoutes, type Lifecycle } from './http/health-routes.ts';
import { HttpError, ValidationError } from './http/http-error.ts';
import { serveMetrics } from './http/metrics.ts';
import { limitRate, RateLimited } from './http/rate-limit.ts';
import { chatRoutes } from './modules/chat/routes.ts';
import { collectionRoutes } from './modules/collections/routes.ts';
import { usageRoutes } from './modules/credits/routes.ts';
import { modelRoutes } from './modules/models/routes.ts';
import { pipelineRoutes } from './modules/pipelines/routes.ts';
import { mapRoutes } from './modules/projection/map-routes.ts';
import { savedRegionRoutes } from './modules/saved-searches/region-routes.ts';
import { savedSearchRoutes } from './modules/saved-searches/routes.ts';
import { embeddingRoutes } from './modules/search/embedding-routes.ts';
import { searchRoutes } from './modules/search/routes.ts';
import { similarRoutes } from './modules/search/similar-routes.ts';
import { searchIndexRoutes } from './modules/search-index/routes.ts';
import { segmentRoutes } from './modules/segments/routes.ts';
import { transcriptRoutes } from './modules/transcripts/routes.ts';
import { directUploadRoutes } from './modules/uploads/direct-upload.ts';
import { uploadRoutes } from './modules/uploads/routes.ts';
import { sampleRoutes } from './modules/uploads/sample-routes.ts';
import { youtubeRoutes } from './modules/uploads/youtube-routes.ts';
import { frameRoutes } from './modules/videos/frame-routes.ts';
import { hlsRoutes } from './modules/videos/hls-routes.ts';
import { objectRoutes } from './modules/videos/object-routes.ts';
import { videoRoutes } from './modules/videos/routes.ts';
import { trashRoutes } from './modules/videos/trash-routes.ts';
import { isStoreUnavailable } from './objects/unavailable.ts';
import type { ApiKey } from './owners.ts';

/** Large enough for the list of 10,000 parts that ends an upload. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;

const RETRY_AFTER_SECONDS = 5;

/** Postgres' words for values outside of what it holds: NUL in texts, dates and numbers out of range, bad ids. */
const UNSTORABLE_CODES = new Set(['22021', '22P05', '22P02', '22003', '22007', '22008', '22009']);
const isUnstorable = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && UNSTORABLE_CODES.has(error.code);

/** What the platform cannot do without, when an error says that it is away. */
function getUnavailable(error: unknown): string | null {
  if (isStoreUnavailable(error)) return "The platform's object store";
  return isDatabaseUnavailable(error) ? "The platform's database" : null;
}

/** Who may use the platform, and how much. */
export interface Access {
  readonly apiKeys: readonly ApiKey[];
  /** Requests a minute for each key. */
  readonly rateLimit: number | undefined;
}

function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ValidationError) return reply.code(422).send({ detail: error.detail });
    if (error instanceof RateLimited) reply.header('retry-after', error.retryAfterSeconds);
    if (error instanceof HttpError) return reply.code(error.status).send({ message: error.message });
    if (isDiskFull(error)) return reply.code(507).send({ message: DISK_FULL });
    const unavailable = getUnavailable(error);
    if (unavailable !== null) {
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      return reply
        .code(503)
        .send({ message: `${unavailable} cannot be reached right now. Try again in a few seconds.` });
    }
    if (isUnstorable(error))
      return reply.code(422).send({ message: 'The request holds a value that cannot be stored.' });
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'request failed');
    const sentence =
      status >= 500 || !(error instanceof Error)
        ? 'Internal error in the platform. Try again; details are in its log.'
        : error.message;
    return reply.code(status).send({ message: sentence });
  });
  app.setNotFoundHandler((_request, reply) =>
    // A route may have set them for the file that is not there.
    reply
      .code(404)
      .type('application/json')
      .header('cache-control', 'no-store')
      .send({ message: 'There is nothing at this address.' }),
  );
}

/** The platform's HTTP face: health and metrics without a key, signed objects without a key, everything else with one. */
export async function buildApp(platform: Platform, access: Access, lifecycle: Lifecycle): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MAX_JSON_BYTES,
    // What has been begun is answered first; whoever ends the process sets a limit to that.
    forceCloseConnections: 'idle',
    requestTimeout: 0,
    loggerInstance: platform.log,
    logController: noRequestLines(),
    genReqId: getRequestId,
  });
  handleErrors(app);
  logRequests(app);
  serveMetrics(app, platform.db);
  // Answers hold signed URLs and private data: nothing on the way may keep them.
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  healthRoutes(app, platform, lifecycle);
  await app.register((scope) => objectRoutes(scope, platform));
  await app.register(async (scope) => {
    requireKey(scope, access.apiKeys);
    limitRate(scope, platform.db, access.rateLimit);
    usageRoutes(scope, platform);
    sampleRoutes(scope, platform);
    segmentRoutes(scope, platform);
    modelRoutes(scope, platform);
    searchIndexRoutes(scope, platform);
    transcriptRoutes(scope, platform);
    similarRoutes(scope, platform);
    savedSearchRoutes(scope, platform);
    savedRegionRoutes(scope, platform);
    uploadRoutes(scope, platform);
    videoRoutes(scope, platform);
    trashRoutes(scope, platform);
    frameRoutes(scope, platform);
    pipelineRoutes(scope, platform);
    searchRoutes(scope, platform);
    mapRoutes(scope, platform);
    chatRoutes(scope, platform);
    collectionRoutes(scope, platform);
    embeddingRoutes(scope, platform);
    youtubeRoutes(scope, platform);
    await directUploadRoutes(scope, platform);
    hlsRoutes(scope, platform);
  });
  return app;
}
