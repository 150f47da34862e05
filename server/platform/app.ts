import Fastify, { type FastifyInstance } from 'fastify';
import type { Platform } from './context.ts';
import { DISK_FULL, isDiskFull } from './disk-full.ts';
import { Problem, ValidationProblem } from './problem.ts';
import { requireKey } from './routes/authentication.ts';
import { chatRoutes } from './routes/chat.ts';
import { collectionRoutes } from './routes/collections.ts';
import { directUploadRoutes } from './routes/direct-upload.ts';
import { embeddingRoutes } from './routes/embeddings.ts';
import { hlsRoutes } from './routes/hls.ts';
import { objectRoutes } from './routes/objects.ts';
import { pipelineRoutes } from './routes/pipelines.ts';
import { limitRate, RateLimited } from './routes/rate-limit.ts';
import { sampleRoutes } from './routes/samples.ts';
import { searchRoutes } from './routes/search.ts';
import { segmentRoutes } from './routes/segments.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { usageRoutes } from './routes/usage.ts';
import { videoRoutes } from './routes/videos.ts';
import { youtubeRoutes } from './routes/youtube.ts';

/** Large enough for the list of 10,000 parts that ends an upload. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;

/** Who may use the platform, and how much. */
export interface Access {
  readonly apiKeys: readonly string[];
  /** Requests a minute for each key. */
  readonly rateLimit: number | undefined;
}

function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ValidationProblem) return reply.code(422).send({ detail: error.detail });
    if (error instanceof RateLimited) reply.header('retry-after', error.retryAfterSeconds);
    if (error instanceof Problem) return reply.code(error.status).send({ message: error.message });
    if (isDiskFull(error)) return reply.code(507).send({ message: DISK_FULL });
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status >= 500)
      console.error(`${request.method} ${request.routeOptions.url ?? request.url.split('?')[0]} failed:`, error);
    const sentence =
      status >= 500 || !(error instanceof Error) ? 'The platform ran into a problem of its own.' : error.message;
    return reply.code(status).send({ message: sentence });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'There is nothing at this address.' }));
}

/** The platform's HTTP face: health without a key, signed objects without a key, everything else with one. */
export async function buildApp(platform: Platform, access: Access): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: MAX_JSON_BYTES, forceCloseConnections: true, requestTimeout: 0 });
  handleErrors(app);
  app.get('/healthz', async () => ({ status: 'ok' }));
  await app.register((scope) => objectRoutes(scope, platform));
  await app.register(async (scope) => {
    requireKey(scope, access.apiKeys);
    limitRate(scope, access.rateLimit);
    usageRoutes(scope, platform);
    sampleRoutes(scope, platform);
    segmentRoutes(scope, platform);
    uploadRoutes(scope, platform);
    videoRoutes(scope, platform);
    pipelineRoutes(scope, platform);
    searchRoutes(scope, platform);
    chatRoutes(scope, platform);
    collectionRoutes(scope, platform);
    embeddingRoutes(scope, platform);
    youtubeRoutes(scope, platform);
    await directUploadRoutes(scope, platform);
    await hlsRoutes(scope, platform);
  });
  return app;
}
