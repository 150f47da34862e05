import { mkdir, rm } from 'node:fs/promises';
import { createLogger } from '../logging.ts';
import { buildApp } from './app.ts';
import { type PlatformConfig, readConfig } from './config.ts';
import type { Platform } from './context.ts';
import { acquireDataDirLock } from './data-dir.ts';
import { openDatabase } from './db/database.ts';
import { DISK_FULL, isDiskFull } from './disk-full.ts';
import { assertEmbedderMatches } from './embedding/assert-embedder-matches.ts';
import type { Embedder } from './embedding/embedder.ts';
import { LocalEmbedder } from './embedding/local-embedder.ts';
import { WordNet } from './embedding/wordnet.ts';
import { StageQueue } from './jobs/stage-queue.ts';
import { StageWorker } from './jobs/stage-worker.ts';
import { loadOnce } from './load-once.ts';
import type { AnswerModel } from './modules/chat/language-model.ts';
import { createStageHandlers } from './modules/pipelines/stage-handlers.ts';
import { ProjectionService } from './modules/projection/projection-service.ts';
import { MultipartUploads } from './modules/uploads/multipart-uploads.ts';
import { adoptObjects } from './objects/adopt-objects.ts';
import { startHousekeeping } from './objects/housekeeping.ts';
import { Layout } from './objects/layout.ts';
import { UrlSigner } from './objects/signing.ts';
import { claimStore } from './objects/store-identity.ts';
import { getPrimaryOwner } from './owners.ts';
import { loadSecrets } from './secrets.ts';

async function loadEmbedder(config: PlatformConfig, getWords: () => Promise<WordNet>): Promise<Embedder> {
  if (config.embedder === 'local') return new LocalEmbedder(getWords);
  // Loaded on demand: its runtime is large, and most studios never need it.
  const { loadClipEmbedder } = await import('./embedding/clip-embedder.ts');
  return loadClipEmbedder(config.clipModelDir);
}

async function loadAnswerModel({ languageModel }: PlatformConfig): Promise<AnswerModel | null> {
  if (!languageModel) return null;
  const { createAnswerModel } = await import('./modules/chat/language-model.ts');
  return createAnswerModel(languageModel);
}

/** Entry of the embedded platform: opens what it keeps, then answers, and works on what waits. */
async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger('platform', config.logLevel);
  await acquireDataDirLock(config.dataDir);
  const layout = new Layout(config.dataDir);
  await mkdir(layout.objects, { recursive: true });
  await mkdir(layout.uploads, { recursive: true });
  const secrets = await loadSecrets(config.dataDir, config.apiKey);
  const getWords = loadOnce(() => WordNet.load());
  const [database, embedder] = await Promise.all([
    openDatabase(config.dataDir, config.databaseUrl, log),
    loadEmbedder(config, getWords),
  ]);
  const { db } = database;
  await claimStore(db, layout);
  await adoptObjects(db, layout);
  await assertEmbedderMatches(db, embedder.name);
  const queue = new StageQueue(db);
  const platform: Platform = {
    log,
    db,
    layout,
    signer: new UrlSigner(secrets.signingKey),
    uploads: new MultipartUploads(db, layout, config.quota),
    embedder,
    getWords,
    maps: new ProjectionService(),
    model: await loadAnswerModel(config),
  };
  // Nobody else can hold a lease in an embedded database: what was running when the process died starts at once.
  const interrupted = database.isExclusive ? await queue.expireLeases() : 0;
  if (interrupted > 0) log.info({ interrupted }, 'resuming interrupted stages');

  const owner = await getPrimaryOwner(db, secrets.apiKey, config.furtherKeys);
  const app = await buildApp(platform, {
    apiKeys: [{ key: secrets.apiKey, owner }, ...config.furtherKeys],
    rateLimit: config.rateLimit,
  });
  const address = await app.listen({ host: '127.0.0.1', port: config.port });
  // The program that started this one waits for exactly this line.
  console.log(`platform ready ${new URL(address).port}`);

  const worker = new StageWorker({
    database,
    queue,
    log,
    handlers: createStageHandlers(platform),
    discard: (job) => rm(layout.attempt(job), { recursive: true, force: true }),
  });
  await worker.start();
  const stopHousekeeping = startHousekeeping({ db, layout, uploadTtlMs: config.uploadTtlMs }, log);

  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    stopHousekeeping();
    await app.close();
    await worker.stop();
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

// A program in an unknown state must not go on: whoever started it starts it again.
for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (error: unknown) => {
    console.error('The platform ends because of an unexpected error:', error);
    process.exit(1);
  });
}

start().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const port = process.env.PLATFORM_PORT ?? '8001';
  if (isDiskFull(error)) console.error(DISK_FULL);
  else if (code === 'EADDRINUSE') console.error(`Port ${port} is already in use. Set PLATFORM_PORT to a free one.`);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
