import { setTimeout as delay } from 'node:timers/promises';
import Fastify from 'fastify';
import { createLogger } from '../logging.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { buildApp } from './app.ts';
import { type PlatformConfig, readConfig } from './config.ts';
import type { Platform } from './context.ts';
import type { Database } from './db/database.ts';
import { DISK_FULL, isDiskFull } from './disk-full.ts';
import { healthRoutes, type Lifecycle } from './http/health-routes.ts';
import { serveMetrics } from './http/metrics.ts';
import { StageQueue } from './jobs/stage-queue.ts';
import { StageWorker } from './jobs/stage-worker.ts';
import { registerWorker } from './jobs/worker-registry.ts';
import { startHousekeeping } from './modules/housekeeping/housekeeping.ts';
import { downloadDefaults } from './modules/models/download-defaults.ts';
import { createStageHandlers } from './modules/pipelines/stage-handlers.ts';
import { startMapAhead } from './modules/projection/map-ahead.ts';
import { startIndexBuilder } from './modules/search-index/index-builder.ts';
import { getAttemptName, toObjectKey } from './objects/object-keys.ts';
import { openPlatform } from './open-platform.ts';
import { getPrimaryOwner } from './owners.ts';
import { loadApiKey } from './secrets.ts';

/** Something that runs until it is stopped. */
interface Service {
  stop(): Promise<void>;
}

/** What the parts of the platform are started with. */
export interface Opened {
  readonly config: PlatformConfig;
  readonly platform: Platform;
  readonly database: Database;
  readonly lifecycle: Lifecycle;
}

/** Answers the API. Prints "platform ready <port>" for the program that started this one. */
export async function startApi({ config, platform, lifecycle }: Opened): Promise<Service> {
  const { db } = platform;
  const apiKey = config.apiKey ?? (await loadApiKey(config.dataDir));
  const owner = await getPrimaryOwner(db, apiKey, config.furtherKeys);
  const access = { apiKeys: [{ key: apiKey, owner }, ...config.furtherKeys], rateLimit: config.rateLimit };
  const app = await buildApp(platform, access, lifecycle);
  const address = await app.listen({ host: config.host, port: config.port });
  console.log(`platform ready ${new URL(address).port}`);
  return { stop: () => app.close() };
}

/** Works on what waits, and keeps house. */
export async function startWorker({ config, platform, database }: Opened): Promise<Service> {
  const { db, log, store, scratch } = platform;
  const queue = new StageQueue(db);
  // Nobody else can hold a lease in an embedded database: what was running when the process died starts at once.
  const interrupted = database.isExclusive ? await queue.expireLeases() : 0;
  if (interrupted > 0) log.info({ interrupted }, 'resuming interrupted stages');
  const all = createStageHandlers(platform);
  const worker = new StageWorker({
    database,
    queue,
    log,
    scratch,
    concurrency: config.worker.concurrency,
    handlers: Object.fromEntries(config.worker.stages.map((stage) => [stage, all[stage]])),
    discard: (job) => store.delete(toObjectKey(job.videoId, getAttemptName(job))),
  });
  const unregister = await registerWorker(db, config.worker.stages, database.isExclusive);
  await worker.start();
  const stopHousekeeping = startHousekeeping(
    { db, store, uploadTtlMs: config.uploadTtlMs },
    { log, isShared: !database.isExclusive },
  );
  const stopMapAhead = startMapAhead(platform);
  const stopIndexBuilder = startIndexBuilder(platform);
  return {
    stop: async () => {
      await stopIndexBuilder();
      stopMapAhead();
      stopHousekeeping();
      await worker.stop();
      await unregister();
    },
  };
}

/** Answers the probes of a worker that runs apart, and nothing else. Prints "worker ready <port>". */
export async function startProbes({ config, platform, lifecycle }: Opened): Promise<Service> {
  const app = Fastify({ forceCloseConnections: true, loggerInstance: platform.log });
  healthRoutes(app, platform, lifecycle);
  serveMetrics(app, platform.db);
  const address = await app.listen({ host: config.host, port: config.worker.port });
  console.log(`worker ready ${new URL(address).port}`);
  return { stop: () => app.close() };
}

/** Explains what a program has to have when it shares the work with others. Throws an `Error`. */
export function requireShared({ databaseUrl, s3 }: PlatformConfig): void {
  if (!databaseUrl) throw new Error('DATABASE_URL: programs that run apart need a database that they share.');
  if (!s3) throw new Error('S3_BUCKET: programs that run apart need a bucket that they share.');
}

interface Program {
  readonly name: string;
  /** Throws when the configuration does not do for this program. */
  readonly check?: (config: PlatformConfig) => void;
  /** Started in this order, stopped one after the other in it, too. */
  readonly start: readonly ((opened: Opened) => Promise<Service>)[];
  /** How long it still answers when it has been told to end, so that load balancers see that it is not ready. */
  readonly drainMs?: number;
}

/** How long requests may take that were begun before the end. */
const STOP_TIMEOUT_MS = 10_000;

async function run({ name, check, start, drainMs = 0 }: Program): Promise<void> {
  const config = readConfig(process.env);
  check?.(config);
  const log = createLogger(name, config.logLevel);
  const { platform, database, close } = await openPlatform(config, log);
  const lifecycle = { isStopping: false };
  const opened = { config, platform, database, lifecycle };
  const services: Service[] = [];
  for (const startService of start) services.push(await startService(opened));
  if (config.downloadsModels) {
    downloadDefaults(platform).catch((error: unknown) =>
      log.error({ err: error }, 'The default models could not be set up'),
    );
  }

  stopOnSignals(async () => {
    lifecycle.isStopping = true;
    await delay(drainMs);
    setTimeout(() => process.exit(0), STOP_TIMEOUT_MS).unref();
    for (const service of services) await service.stop();
    await close();
    process.exit(0);
  });
}

/** Runs a program of the platform until it gets a signal; one that cannot start says why and ends with code 1. */
export function runProgram(program: Program): void {
  // A program in an unknown state must not go on: whoever started it starts it again.
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error: unknown) => {
      console.error(`The ${program.name} ends because of an unexpected error:`, error);
      process.exit(1);
    });
  }
  run(program).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const port = process.env.PLATFORM_PORT ?? '8001';
    if (isDiskFull(error)) console.error(DISK_FULL);
    else if (code === 'EADDRINUSE') console.error(`Port ${port} is already in use. Set PLATFORM_PORT to a free one.`);
    else console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
}
